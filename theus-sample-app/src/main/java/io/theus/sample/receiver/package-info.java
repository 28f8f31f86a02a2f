/**
 * Receives the messages of the desk, as another application would.
 */
@NullMarked
package io.theus.sample.receiver;

import org.jspecify.annotations.NullMarked;
