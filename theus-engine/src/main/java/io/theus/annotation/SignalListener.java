package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that is called with each signal of some topics, one after the
 * other, on a thread of its own. It takes the payload, an {@code io.theus.signal.Signal},
 * both or neither. What it throws is logged and counted; the next signal follows. It may
 * be used on interface methods and as a meta-annotation.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface SignalListener {

	/**
	 * Which signals the method is called with. Placeholders <code>${...}</code> are
	 * resolved.
	 * @return a topic, {@code *} stands for any run of characters
	 */
	String value();

}
