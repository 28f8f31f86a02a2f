package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a record as the shape of the state at a path. The resulting state is validated
 * at every commit that touches it: types, required fields and bean validation
 * constraints.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TheusState {

	/**
	 * The path whose content has this shape; {@code *} stands for any key.
	 * @return a path pattern without placeholders
	 */
	String value();

	/**
	 * Whether keys that are not declared are allowed.
	 * @return {@code false} to refuse them
	 */
	boolean open() default false;

}
