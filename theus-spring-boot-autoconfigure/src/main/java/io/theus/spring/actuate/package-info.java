/**
 * Endpoints and health: the engine as operators see it.
 *
 * <p>
 * Invariants: endpoints change nothing; answers are bounded; values of the state and keys
 * of messages are shown only to those whom {@code management.endpoint.theus.show-values}
 * names, and then through the sanitizing functions of the application; what lies in the
 * PRIVATE zone is never shown.
 */
@NullMarked
package io.theus.spring.actuate;

import org.jspecify.annotations.NullMarked;
