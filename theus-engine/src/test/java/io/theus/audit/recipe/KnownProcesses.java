package io.theus.audit.recipe;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.theus.path.PathPattern;

/**
 * The processes that recipes of tests are about.
 */
final class KnownProcesses implements AuditedProcesses {

	private final List<Known> known = List.of(
			known("accounts.transfer", TransferArguments.class,
					List.of("domain.accounts.{from}", "domain.accounts.{to}")),
			known("orders.order", OrderArguments.class,
					List.of("domain.orders.{cmd.id}", "domain.sums.total", "domain.stock.*")),
			known("orders.close", CloseArguments.class, List.of("domain.orders.{id}.state", "domain.books.{id}.state")),
			known("books.close", CloseArguments.class, List.of()),
			known("invoices.issueInvoice", InvoiceArguments.class, List.of("domain.invoices.*")));

	private static Known known(String id, Class<?> arguments, List<String> outputs) {
		List<AuditedProcess.AuditedParameter> parameters = new ArrayList<>();
		Set<String> names = new LinkedHashSet<>();
		for (RecordComponent component : arguments.getRecordComponents()) {
			Type type = component.getGenericType();
			parameters.add(new AuditedProcess.AuditedParameter(component.getName(), type, parameters.size()));
			names.add(component.getName());
		}
		return new Known(id, parameters, outputs.stream().map(PathPattern::parse).toList(), names, List.of(), true);
	}

	@Override
	public List<AuditedProcess> named(String name) {
		return this.known.stream().filter((process) -> process.isNamed(name)).map(AuditedProcess.class::cast).toList();
	}

	@Override
	public Collection<String> names() {
		return this.known.stream().flatMap((process) -> List.of(process.id(), process.name()).stream()).toList();
	}

	record TransferArguments(String from, String to, long amount) {

	}

	record OrderArguments(Command cmd) {

	}

	record Command(String id, Optional<Customer> customer, List<Line> lines, Set<String> tags,
			Map<String, Object> options) {

	}

	record Customer(String name) {

	}

	record Line(String sku, BigDecimal price) {

	}

	record CloseArguments(String id) {

	}

	record InvoiceArguments(int number) {

	}

	record Known(String id, List<AuditedParameter> parameters, List<PathPattern> outputs, Set<String> placeholders,
			List<String> calls, boolean isStrict) implements AuditedProcess {

		String name() {
			return this.id.substring(this.id.indexOf('.') + 1);
		}

		@Override
		public boolean isNamed(String text) {
			String relaxed = text.replace("_", "").toLowerCase(Locale.ROOT);
			return relaxed.equals(this.id.toLowerCase(Locale.ROOT)) || relaxed.equals(name().toLowerCase(Locale.ROOT));
		}

	}

}
