package io.theus.outbox;

/**
 * Thrown when a payload cannot be written as JSON.
 *
 * @since 0.1.0
 */
public final class UnencodablePayloadException extends OutboxMessageException {

	private final Class<?> payloadType;

	private final String location;

	UnencodablePayloadException(String topic, Class<?> payloadType, String location, String reason, Throwable cause) {
		super("payload of message to '" + topic + "' cannot be written as JSON: type=" + payloadType.getTypeName()
				+ ", at=" + location + ", reason=" + reason
				+ ", use records, maps, collections and scalars, or send text or bytes", topic, cause);
		this.payloadType = payloadType;
		this.location = location;
	}

	/**
	 * Return what was to be sent.
	 * @return the type of the payload as a whole
	 */
	public Class<?> payloadType() {
		return this.payloadType;
	}

	/**
	 * Return where in the payload the trouble is.
	 * @return a path such as {@code lines[2].price}, or {@code (root)}
	 */
	public String location() {
		return this.location;
	}

}
