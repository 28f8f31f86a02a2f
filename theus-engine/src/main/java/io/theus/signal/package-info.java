/**
 * Signals: short-lived messages within one node, published after the commit that emitted
 * them.
 *
 * <p>
 * Invariants: publishing never waits for subscribers; a subscriber sees the signals of
 * one publisher in the order in which they were published, and either sees a signal or is
 * told that it missed it; signals of commits are published in commit order, once. The
 * package does not know how a commit comes about, nor who may emit which topic. What must
 * survive the node is a message of the outbox, not a signal.
 */
@NullMarked
package io.theus.signal;

import org.jspecify.annotations.NullMarked;
