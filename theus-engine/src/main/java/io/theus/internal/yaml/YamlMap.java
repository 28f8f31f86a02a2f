package io.theus.internal.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;

/**
 * A map from text to nodes that keeps the order of the document.
 *
 * @since 0.1.0
 */
public final class YamlMap implements YamlNode {

	private final SourcePosition position;

	private final Map<String, Entry> entries;

	YamlMap(SourcePosition position, Map<String, Entry> entries) {
		this.position = position;
		this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
	}

	@Override
	public SourcePosition position() {
		return this.position;
	}

	/**
	 * Return all entries.
	 * @return an unmodifiable view in the order of the document
	 */
	public Collection<Entry> entries() {
		return this.entries.values();
	}

	/**
	 * Return the entry of a key.
	 * @param key the key
	 * @return the entry, {@code null} if there is none
	 */
	public @Nullable Entry entry(String key) {
		return this.entries.get(key);
	}

	/**
	 * Return the value of a key.
	 * @param key the key
	 * @return the value, {@code null} if there is no such key; a key without a value has
	 * a {@link YamlScalar} that is null
	 */
	public @Nullable YamlNode find(String key) {
		Entry entry = this.entries.get(key);
		return (entry != null) ? entry.value() : null;
	}

	/**
	 * Return the value of a key that must be there.
	 * @param key the key
	 * @return the value
	 * @throws InvalidYamlException if there is no such key
	 */
	public YamlNode require(String key) {
		YamlNode value = find(key);
		if (value == null) {
			throw error("missing key '" + key + "'");
		}
		return value;
	}

	/**
	 * Refuse keys that the reader does not know.
	 * @param known all keys that this map may have
	 * @throws InvalidYamlException about the first other key, with a suggestion if a
	 * known one is close
	 */
	public void checkKeys(Collection<String> known) {
		for (Entry entry : this.entries.values()) {
			if (!known.contains(entry.key())) {
				throw entry.error("unknown key '" + entry.key() + "'" + Suggestions.didYouMean(entry.key(), known)
						+ ", known=" + known.stream().sorted().toList());
			}
		}
	}

	@Override
	public YamlMap asMap() {
		return this;
	}

	@Override
	public String describe() {
		return "a map";
	}

	@Override
	public Map<String, @Nullable Object> toPlain() {
		Map<String, @Nullable Object> plain = new LinkedHashMap<>();
		this.entries.forEach((key, entry) -> plain.put(key, entry.value().toPlain()));
		return Collections.unmodifiableMap(plain);
	}

	/**
	 * A key with its value.
	 *
	 * @param name the key as it was written
	 * @param value the value
	 */
	public record Entry(YamlScalar name, YamlNode value) {

		/**
		 * Return the key.
		 * @return always text: {@code on}, {@code 5} and {@code null} are not converted
		 */
		public String key() {
			return this.name.text();
		}

		/**
		 * Return where the key stands.
		 * @return the place of its first character
		 */
		public SourcePosition position() {
			return this.name.position();
		}

		/**
		 * Create an exception about the key.
		 * @param problem what is wrong and what to do about it, one sentence
		 * @return the exception, to be thrown by the caller
		 */
		public InvalidYamlException error(String problem) {
			return position().error(problem);
		}

	}

}
