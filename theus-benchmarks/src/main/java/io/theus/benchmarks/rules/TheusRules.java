package io.theus.benchmarks.rules;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.audit.recipe.AuditCall;
import io.theus.audit.recipe.AuditRecipeParser;
import io.theus.audit.recipe.AuditRules;
import io.theus.audit.recipe.AuditedProcess;
import io.theus.audit.recipe.AuditedProcesses;
import io.theus.audit.recipe.ProcessAudit;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.Violation;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.PlaceholderValues;

/**
 * The rules of a recipe, asked as the engine asks them before the body of a process.
 */
final class TheusRules implements Rules {

	private static final String RECIPE = """
			audit: { level: C }
			processes:
			  place:
			    inputs:
			      - { field: order.id, max-len: 30 }
			      - { field: order.customer, regex: 'customer-[0-9]{1,6}' }
			      - { field: order.sku, regex: 'sku-[0-9]{1,4}' }
			      - { field: order.currency, regex: '[A-Z]{3}' }
			      - { field: order.street, max-len: 100 }
			      - { field: order.town, max-len: 60 }
			      - { field: order.zip, min-len: 4 }
			      - { field: order.country, min-len: 2 }
			      - { field: order.note, max-len: 500 }
			      - { field: order.email, regex: '.+@.+' }
			      - { field: order.quantity, min: 1 }
			      - { field: order.pieces, max: 1000 }
			      - { field: order.priority, min: 0 }
			      - { field: order.attempts, max: 9 }
			      - { field: order.weight, max: 1000000 }
			      - { field: order.volume, min: 1 }
			      - { field: order.price, min: 0.01 }
			      - { field: order.total, max: 1000000 }
			      - { field: order.discount, max: 0.5 }
			      - { field: order.tax, min: 0 }
			""";

	private final ProcessAudit audit;

	TheusRules() {
		AuditRules rules = new AuditRules();
		rules.enforce(List.of(AuditRecipeParser.parse(RECIPE, "rules.yml")), new Place());
		this.audit = Objects.requireNonNull(rules.find("place"));
	}

	@Override
	public int violations(CheckedOrder order) {
		Counted counted = new Counted();
		this.audit.checkInputs(new Call(order), counted);
		return counted.violated;
	}

	private static final class Counted implements Findings {

		private int violated;

		@Override
		public void violated(Violation violation) {
			this.violated++;
		}

		@Override
		public boolean overruled(Violation violation) {
			throw new UnsupportedOperationException("inputs are not overruled");
		}

		@Override
		public void kept(AuditRule rule) {
			// Nothing was counted before
		}

	}

	private record Call(CheckedOrder order) implements AuditCall {

		@Override
		public Object argument(int index) {
			return this.order;
		}

		@Override
		public @Nullable Object read(Path path) {
			throw new UnsupportedOperationException("there is no state: path=" + path);
		}

		@Override
		public PlaceholderValues placeholders() {
			throw new UnsupportedOperationException("there are no placeholders");
		}

	}

	/**
	 * A process that is given an order.
	 */
	private static final class Place implements AuditedProcess, AuditedProcesses {

		@Override
		public List<AuditedProcess> named(String name) {
			return isNamed(name) ? List.of(this) : List.of();
		}

		@Override
		public Collection<String> names() {
			return List.of(id());
		}

		@Override
		public String id() {
			return "place";
		}

		@Override
		public boolean isNamed(String text) {
			return id().equals(text);
		}

		@Override
		public List<AuditedParameter> parameters() {
			return List.of(new AuditedParameter("order", CheckedOrder.class, 0));
		}

		@Override
		public List<PathPattern> outputs() {
			return List.of();
		}

		@Override
		public Set<String> placeholders() {
			return Set.of();
		}

		@Override
		public List<String> calls() {
			return List.of();
		}

		@Override
		public boolean isStrict() {
			return true;
		}

	}

}
