package io.theus.path;

import java.util.Locale;

/**
 * The layers of the state: the first axis along which data is told apart.
 *
 * @since 0.1.0
 */
public enum Layer {

	/**
	 * Business state.
	 */
	DOMAIN,

	/**
	 * System state and configuration.
	 */
	GLOBAL,

	/**
	 * Scratch space of one attempt: needs no declaration and is gone afterwards.
	 */
	LOCAL;

	private final String key = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the first segment of every path in this layer.
	 * @return the layer's name in a path, for example {@code domain}
	 */
	public String key() {
		return this.key;
	}

}
