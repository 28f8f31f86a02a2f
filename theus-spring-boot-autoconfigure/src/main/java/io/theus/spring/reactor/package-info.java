/**
 * Processes that return a {@code Mono}.
 *
 * <p>
 * The only package that knows Reactor. It must not know how an execution goes.
 */
@NullMarked
package io.theus.spring.reactor;

import org.jspecify.annotations.NullMarked;
