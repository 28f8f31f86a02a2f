package io.theus.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The name of a node that was given none: its host and a random suffix, because several
 * nodes may run on one host. Looked up when it is first asked for, because that can take
 * the time of a name server.
 * <p>
 * Safe for use by several threads.
 */
final class NodeName implements Supplier<String> {

	private @Nullable String name;

	@Override
	public synchronized String get() {
		if (this.name == null) {
			this.name = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
		}
		return this.name;
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "node";
		}
	}

}
