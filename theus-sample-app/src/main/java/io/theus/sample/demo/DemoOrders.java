package io.theus.sample.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.Resource;

import io.theus.sample.order.Line;
import io.theus.sample.order.NewOrder;

/**
 * Reads orders from a CSV file with a row for each line:
 * {@code order,customer,sku,quantity,price}. Rows of one order follow each other.
 */
final class DemoOrders {

	private DemoOrders() {
	}

	static List<NewOrder> read(Resource file) throws IOException {
		CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
		Map<String, NewOrder> orders = new LinkedHashMap<>();
		try (Reader in = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8);
				CSVParser rows = format.parse(in)) {
			rows.forEach((row) -> orders.merge(row.get("order"), order(row), DemoOrders::join));
		}
		return List.copyOf(orders.values());
	}

	private static NewOrder order(CSVRecord row) {
		Line line = new Line(row.get("sku"), Integer.parseInt(row.get("quantity")), new BigDecimal(row.get("price")));
		return new NewOrder(row.get("order"), row.get("customer"), List.of(line));
	}

	private static NewOrder join(NewOrder order, NewOrder more) {
		List<Line> lines = new ArrayList<>(order.lines());
		lines.addAll(more.lines());
		return new NewOrder(order.id(), order.customer(), lines);
	}

}
