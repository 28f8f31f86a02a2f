/**
 * Work of the engine as a part of Spring's transactions: prepared before they commit,
 * published after, dropped when they roll back.
 */
@NullMarked
package io.theus.spring.transaction;

import org.jspecify.annotations.NullMarked;
