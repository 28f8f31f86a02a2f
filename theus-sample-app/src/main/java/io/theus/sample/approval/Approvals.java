package io.theus.sample.approval;

import java.util.Optional;

import org.springframework.stereotype.Component;

import io.theus.MapPath;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.sample.order.OrderPaths;
import io.theus.sample.order.OrderStatus;
import io.theus.state.NoSuchPathException;

/**
 * Asks for approvals and takes the answers.
 *
 * @since 0.1.0
 */
@Component
public class Approvals {

	/**
	 * All answers by the identity of their order.
	 */
	public static final MapPath<String, Approval> APPROVALS = MapPath.of("domain.approvals", String.class,
			Approval.class);

	private final ProcessContext state;

	Approvals(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Show everybody that an order waits for its approval.
	 * @param orderId the identity of the order
	 */
	@Process(outputs = "domain.orders.{orderId}.status")
	public void requestApproval(String orderId) {
		this.state.set(OrderPaths.status(orderId), OrderStatus.AWAITING_APPROVAL);
	}

	/**
	 * Answer for an order. The answer is noted and sent to the run of the order in one
	 * commit, so of two answers at the same time just one counts.
	 * @param orderId the identity of the order
	 * @param approved yes or no
	 * @param by who says so
	 * @return the answer
	 * @throws ApprovalNotAwaited if the order waits for none
	 */
	@Process(inputs = "domain.orders.{orderId}.status", updates = "domain.approvals.{orderId}", starts = "fulfil",
			errors = { ApprovalNotAwaited.class, NoSuchPathException.class })
	public Approval answer(String orderId, boolean approved, String by) throws ApprovalNotAwaited {
		OrderStatus status = this.state.get(OrderPaths.status(orderId));
		Optional<Approval> earlier = this.state.find(APPROVALS, orderId);
		if (earlier.isPresent()) {
			throw new ApprovalNotAwaited("order '%s' was answered before: approved=%s by=%s".formatted(orderId,
					earlier.get().approved(), earlier.get().by()));
		}
		if (status != OrderStatus.AWAITING_APPROVAL) {
			throw new ApprovalNotAwaited(
					"order '%s' waits for no approval: status=%s, only orders that do can be answered"
						.formatted(orderId, status));
		}
		Approval answer = new Approval(orderId, approved, by);
		this.state.create(APPROVALS, orderId, answer);
		this.state.signalRun("fulfil", orderId, "cmd_approve", answer);
		return answer;
	}

}
