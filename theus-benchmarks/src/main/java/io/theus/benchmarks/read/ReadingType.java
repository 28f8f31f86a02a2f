package io.theus.benchmarks.read;

/**
 * The ways to read that are measured.
 *
 * @since 0.1.0
 */
public enum ReadingType {

	/** Maps within maps. */
	NESTED_MAP,

	/** ScalaSTM's transactional maps within each other. */
	SCALA_MAP,

	/** Objects within objects of Jackson. */
	JSON,

	/** Theus by a path as text. */
	THEUS_TEXT,

	/** Theus by a typed path that was made before. */
	THEUS_STATE_PATH,

	/** Theus by a typed path of the map and a key. */
	THEUS_MAP_PATH;

	/**
	 * Fill a map.
	 * @param keys how many keys
	 * @param draws which of them will be read
	 * @return the map
	 */
	Reading open(int keys, Draws draws) {
		return switch (this) {
			case NESTED_MAP -> new NestedMapReading(keys, draws);
			case SCALA_MAP -> new ScalaMapReading(keys, draws);
			case JSON -> new JsonReading(keys, draws);
			case THEUS_TEXT -> TheusReading.byText(keys, draws);
			case THEUS_STATE_PATH -> TheusReading.byStatePath(keys, draws);
			case THEUS_MAP_PATH -> TheusReading.byMapPath(keys, draws);
		};
	}

}
