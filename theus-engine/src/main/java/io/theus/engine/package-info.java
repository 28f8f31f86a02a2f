/**
 * The engine as its users see it: {@link io.theus.engine.TheusEngine} and its builder,
 * which wires all features together.
 * <p>
 * The package lies on top; nothing in the engine imports it.
 */
@NullMarked
package io.theus.engine;

import org.jspecify.annotations.NullMarked;
