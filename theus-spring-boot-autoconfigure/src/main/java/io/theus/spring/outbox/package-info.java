/**
 * Where messages go besides Kafka, and how consumers recognise those that come twice.
 *
 * <p>
 * Invariants: a relay answers for a message when its destination has it, and not before;
 * what a message says shows in no log unless somebody asked for it; messages that wait
 * for a destination hold up no others of another key. Order and repetition are the
 * business of the outbox. The package knows no broker.
 */
@NullMarked
package io.theus.spring.outbox;

import org.jspecify.annotations.NullMarked;
