package io.theus.spring;

import io.theus.outbox.OutboxRelay;

/**
 * Puts something around the relay before it starts to deliver. Beans of this type are
 * applied in their order, the last one is the outermost.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutboxRelayDecorator {

	/**
	 * Put something around a relay.
	 * @param relay what delivers
	 * @return a relay of the same name that delivers by way of it
	 */
	OutboxRelay decorate(OutboxRelay relay);

}
