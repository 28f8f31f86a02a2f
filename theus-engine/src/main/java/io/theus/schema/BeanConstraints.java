package io.theus.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of Jakarta Bean Validation. The only type of the engine that needs its
 * API.
 * <p>
 * Records within records are checked by the schema itself; {@code @Valid} is neither
 * needed nor heeded. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class BeanConstraints implements Constraints {

	private final Validator validator;

	/**
	 * Create the constraints.
	 * @param validator checks them
	 */
	public BeanConstraints(Validator validator) {
		this.validator = validator;
	}

	@Override
	public @Nullable RecordConstraints of(Class<? extends Record> type) {
		BeanDescriptor bean = this.validator.getConstraintsForClass(type);
		return bean.isBeanConstrained() ? new OfRecord(this.validator, bean) : null;
	}

	/**
	 * Of one record class.
	 */
	private static final class OfRecord implements RecordConstraints {

		private final Validator validator;

		private final BeanDescriptor bean;

		OfRecord(Validator validator, BeanDescriptor bean) {
			this.validator = validator;
			this.bean = bean;
		}

		@Override
		public boolean isOnRecord() {
			return this.bean.hasConstraints();
		}

		@Override
		public List<Breach> check(Record instance) {
			return isOnRecord() ? breaches(this.validator.validate(instance), 0) : List.of();
		}

		@Override
		public List<Breach> check(String component, @Nullable Object value, @Nullable Object changed) {
			PropertyDescriptor property = this.bean.getConstraintsForProperty(component);
			if (property == null) {
				return List.of();
			}
			// A constraint on the collection itself may depend on all of it
			if (property.hasConstraints()) {
				return breaches(this.validator.validateValue(this.bean.getElementClass(), component, value), 1);
			}
			if (property.getConstrainedContainerElementTypes().isEmpty()) {
				return List.of();
			}
			return breaches(this.validator.validateValue(this.bean.getElementClass(), component, changed), 1);
		}

		private static List<Breach> breaches(Set<? extends ConstraintViolation<?>> violations, int skipped) {
			if (violations.isEmpty()) {
				return List.of();
			}
			List<Breach> breaches = new ArrayList<>();
			for (ConstraintViolation<?> violation : violations) {
				breaches.add(new Breach(keys(violation.getPropertyPath(), skipped), violation.getMessage()));
			}
			// A validator reports in no particular order
			breaches.sort(Comparator.comparing(Breach::toString));
			return breaches;
		}

		// Lists and sets are one unit: a position in them is no place of its own
		private static List<String> keys(Path path, int skipped) {
			List<String> keys = new ArrayList<>();
			int position = 0;
			for (Path.Node node : path) {
				if (position++ < skipped) {
					continue;
				}
				if (node.getKey() != null) {
					keys.add(node.getKey().toString());
				}
				if (node.getName() != null && !node.getName().startsWith("<")) {
					keys.add(node.getName());
				}
			}
			return keys;
		}

	}

}
