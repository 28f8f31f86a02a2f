package io.theus.benchmarks.history;

import java.util.Map;

/**
 * The ways to keep versions that are measured.
 *
 * @since 0.1.0
 */
public enum VersionedMapType {

	/** A copy per version. */
	COPIED_MAP,

	/** Theus with its history. */
	THEUS;

	VersionedMap open(Map<String, Long> content, int versions) {
		return switch (this) {
			case COPIED_MAP -> new CopiedMap(content, versions);
			case THEUS -> new TheusVersionedMap(content, versions);
		};
	}

}
