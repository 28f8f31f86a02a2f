package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.theus.Isolation;

/**
 * Defaults for all processes of a class.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ProcessDefaults {

	/**
	 * The root of relative patterns: with {@code domain.chat.{chatId}} the pattern
	 * {@code ./messages} means {@code domain.chat.{chatId}.messages}.
	 * @return a path pattern, empty for none
	 */
	String root() default "";

	/**
	 * What every process of the class reads besides its own inputs.
	 * @return path patterns
	 */
	String[] inputs() default {};

	/**
	 * The processes that every process of the class may call besides its own calls.
	 * @return ids, or short names that are unique
	 */
	String[] calls() default {};

	/**
	 * Exceptions that are expected failures of every process of the class.
	 * @return exception classes
	 */
	Class<? extends Throwable>[] errors() default {};

	/**
	 * The time limit of processes that state none.
	 * @return a duration, empty for {@code theus.process.timeout}
	 */
	String timeout() default "";

	/**
	 * The isolation of processes that state none.
	 * @return the isolation, by default {@code theus.process.isolation}
	 */
	Isolation isolation() default Isolation.DEFAULT;

}
