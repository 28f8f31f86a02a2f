package io.theus.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where a schema finds the constraints that record classes declare by annotations. The
 * seam behind which bean validation may be missing.
 * <p>
 * Implementations are safe for use by several threads and take no locks of the
 * application.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Constraints {

	/**
	 * Return the constraints of a record class. Called once per class.
	 * @param type the class
	 * @return its constraints, {@code null} if it has none
	 */
	@Nullable RecordConstraints of(Class<? extends Record> type);

}
