/**
 * An application that shows Theus at work.
 *
 * <p>
 * It uses the public face of Theus only, as any application would.
 */
@NullMarked
package io.theus.sample;

import org.jspecify.annotations.NullMarked;
