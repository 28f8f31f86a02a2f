package io.theus.spring.boot.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A duration that is longer than nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD })
@Constraint(validatedBy = PositiveDuration.Validator.class)
@interface PositiveDuration {

	/**
	 * What is said about other durations.
	 * @return the text
	 */
	String message() default "must be a positive duration, for example 5s";

	/**
	 * Required of constraints.
	 * @return none
	 */
	Class<?>[] groups() default {};

	/**
	 * Required of constraints.
	 * @return none
	 */
	Class<? extends Payload>[] payload() default {};

	/**
	 * Checks durations.
	 */
	class Validator implements ConstraintValidator<PositiveDuration, Duration> {

		@Override
		public boolean isValid(@Nullable Duration value, ConstraintValidatorContext context) {
			return value == null || !(value.isZero() || value.isNegative());
		}

	}

}
