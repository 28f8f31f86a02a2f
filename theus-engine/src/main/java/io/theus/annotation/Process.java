package io.theus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.theus.Isolation;
import io.theus.Propagation;
import io.theus.Semantic;

/**
 * Marks a method as a process: a business step that runs as one transaction under the
 * contract declared here. It may be used on interface methods and as a meta-annotation.
 * <p>
 * Paths are patterns: {@code *} is one segment, {@code **} any number, {@code {name}} the
 * value of the argument of that name. A pattern covers the subtree below what it matches.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface Process {

	/**
	 * The short name, by default the name of the method. The id is always
	 * {@code bean.method}.
	 * @return the name, empty for the method's
	 */
	String name() default "";

	/**
	 * What the process reads.
	 * @return path patterns
	 */
	String[] inputs() default {};

	/**
	 * What the process writes.
	 * @return path patterns
	 */
	String[] outputs() default {};

	/**
	 * What the process reads and writes.
	 * @return path patterns
	 */
	String[] updates() default {};

	/**
	 * The signals that the process may emit.
	 * @return topics, {@code *} stands for any run of characters
	 */
	String[] emits() default {};

	/**
	 * The topics to which the process may send outbox messages.
	 * @return topics, {@code *} stands for any run of characters
	 */
	String[] sends() default {};

	/**
	 * The workflows of which the process may start and signal runs. A process that guides
	 * may do so with all of them as long as it names none.
	 * @return names of workflows, {@code *} for all
	 */
	String[] starts() default {};

	/**
	 * The processes that this one may call. A process with side effects can be called
	 * only if it is named; once there are names, every other process has to be named too.
	 * @return ids, or short names that are unique
	 */
	String[] calls() default {};

	/**
	 * What the process is for.
	 * @return the semantic
	 */
	Semantic semantic() default Semantic.EFFECT;

	/**
	 * The exceptions that are expected failures. They roll back and reach the caller
	 * unchanged, as undeclared ones do, but are not logged as errors.
	 * @return exception classes, subclasses included
	 */
	Class<? extends Throwable>[] errors() default {};

	/**
	 * Names of what the process touches outside the state, for example
	 * {@code http:payments}. Such a process is never run twice because of a conflict.
	 * @return names, empty for none
	 */
	String[] sideEffects() default {};

	/**
	 * How long an execution may take, over all attempts and waits, for example
	 * {@code 10s} or {@code 500ms}.
	 * @return a duration, empty for {@code theus.process.timeout}
	 */
	String timeout() default "";

	/**
	 * How much must not have changed when the process commits.
	 * @return the isolation, by default {@code theus.process.isolation}
	 */
	Isolation isolation() default Isolation.DEFAULT;

	/**
	 * What the process does where it is called by another one.
	 * @return the propagation
	 */
	Propagation propagation() default Propagation.REQUIRED;

	/**
	 * What identifies an execution, for example <code>{messageId}</code>: a repetition
	 * with the same key returns what the first execution returned and does nothing.
	 * @return text with placeholders for arguments, empty if each call is an execution
	 */
	String once() default "";

	/**
	 * How long after the commit a result is kept for repetitions, for example {@code 7d}.
	 * @return a duration, empty for 7 days
	 */
	String retain() default "";

	/**
	 * Whether executions run side by side on the threads of a limited pool, or in worker
	 * processes, as {@code theus.parallel.mode} says. Whoever calls the method waits for
	 * its execution, unless it is asynchronous; {@code executeAsync} and steps of
	 * workflows hold no thread meanwhile. Within a running transaction the process is a
	 * part of that and runs on the thread of its caller.
	 * @return {@code false} for the thread of the caller
	 */
	boolean parallel() default false;

}
