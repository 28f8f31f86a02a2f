/**
 * Processes as Spring beans: proxies, their place among other advice, registration, and
 * the lifecycle of the engine.
 *
 * <p>
 * Invariants: a process method of a bean never runs unguarded, neither without an engine
 * nor on a bean that could not be intercepted; advice runs, outside in, as security, bean
 * validation, conflict retry, Spring transaction, attempt, method; the engine calls a
 * process through its bean's proxy, so that all of that advice applies to every way of
 * calling.
 *
 * <p>
 * The package must not know Spring Boot, nor any library that an application may leave
 * out, other than by name of class.
 */
@NullMarked
package io.theus.spring;

import org.jspecify.annotations.NullMarked;
