/**
 * The transactional outbox: messages to the outside that leave only after their commit.
 *
 * <p>
 * Invariants: a message is held from its commit until the relay has confirmed it, and
 * never dropped silently; the first deliveries of messages with one topic and key, or
 * with one topic and no key, happen in commit order, also across failures; delivery is at
 * least once; a relay that is slow, broken or absent holds up no commit, except that a
 * commit that adds messages is refused when the backlog is full. The package does not
 * know what a commit is, nor any broker. It is the only one that knows Jackson.
 */
@NullMarked
package io.theus.outbox;

import org.jspecify.annotations.NullMarked;
