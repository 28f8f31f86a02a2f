/**
 * Delivery of the outbox to Kafka.
 *
 * <p>
 * Invariants: a message counts as delivered when all replicas in sync have it; a topic
 * that cannot be reached holds up no message to another one; the producer belongs to the
 * outbox alone. Order per key is the outbox's business.
 */
@NullMarked
package io.theus.spring.kafka;

import org.jspecify.annotations.NullMarked;
