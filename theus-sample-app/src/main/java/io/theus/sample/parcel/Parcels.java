package io.theus.sample.parcel;

import java.util.List;

import org.springframework.stereotype.Component;

import io.theus.MapPath;
import io.theus.ProcessContext;
import io.theus.annotation.Input;
import io.theus.annotation.Process;
import io.theus.sample.order.Line;

/**
 * Packs parcels and gives them to couriers.
 *
 * @since 0.1.0
 */
@Component
public class Parcels {

	/**
	 * All parcels by the identity of their order.
	 */
	public static final MapPath<String, Parcel> PARCELS = MapPath.of("domain.parcels", String.class, Parcel.class);

	private static final long PIECES = 100;

	private final ProcessContext state;

	Parcels(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Pack an order. Reads its lines only, so its invoice can be written meanwhile.
	 * @param orderId the identity of the order
	 * @param lines its lines, supplied from the state
	 * @return the parcel
	 * @throws NoCourier if it has more pieces than a courier carries
	 */
	@Process(outputs = "domain.parcels.{orderId}", errors = NoCourier.class)
	public Parcel pack(String orderId, @Input("domain.orders.{orderId}.lines") List<Line> lines) throws NoCourier {
		long pieces = lines.stream().mapToLong(Line::quantity).sum();
		if (pieces > PIECES) {
			throw new NoCourier(orderId, pieces, PIECES);
		}
		Parcel parcel = new Parcel(orderId, pieces);
		this.state.create(PARCELS, orderId, parcel);
		return parcel;
	}

	/**
	 * Call a parcel back.
	 * @param orderId the identity of the order
	 */
	@Process(outputs = "domain.parcels.{orderId}")
	public void unpack(String orderId) {
		this.state.remove(PARCELS, orderId);
	}

}
