/**
 * The expression language of workflow documents: conditions, arguments, payloads.
 *
 * <p>
 * The language is the common ground of Python and SpEL, small on purpose: literals,
 * operators, members, a dozen functions. There are no types, constructors, methods,
 * assignment or beans, and what an expression may cost is bounded by
 * {@link io.theus.expression.ExpressionLimits}, so that documents need not be trusted.
 *
 * <p>
 * An {@link io.theus.expression.Expression} is parsed and checked once and compiled to
 * closures; it is immutable. Values come from a {@link io.theus.expression.Scope}; one
 * that implements {@link io.theus.expression.Navigable} is entered member by member, so
 * that its owner sees which path an expression touches.
 *
 * <p>
 * This package must not know what a state, a workflow or a signal is. That booleans under
 * some first names equal the texts {@code 'True'} and {@code 'False'} is a rule of the
 * language.
 */
@NullMarked
package io.theus.expression;

import org.jspecify.annotations.NullMarked;
