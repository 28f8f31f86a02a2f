package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.theus.Merging;

/**
 * Lets transactions that write a component of a {@link TheusState} record by one
 * operation, such as {@code context.add}, commit side by side: what they bring along is
 * merged.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Merge {

	/**
	 * How it is merged, which also says by which operation.
	 * @return the way of merging
	 */
	Merging value();

}
