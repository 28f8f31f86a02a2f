package io.theus.benchmarks.read;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.theus.benchmarks.ledger.Keys;

/**
 * An object of Jackson's tree model within two others.
 */
final class JsonReading implements Reading {

	private final String[] keys;

	private final Draws draws;

	private final JsonNode root;

	JsonReading(int keys, Draws draws) {
		this.keys = Keys.create(keys);
		this.draws = draws;
		JsonMapper mapper = JsonMapper.shared();
		this.root = mapper.createObjectNode()
			.set("domain",
					mapper.createObjectNode().set("accounts", mapper.valueToTree(NestedMapReading.content(keys))));
	}

	@Override
	public long read(int from) {
		long sum = 0;
		for (int draw = from; draw < from + Draws.READS; draw++) {
			sum += this.root.get("domain").get("accounts").get(this.keys[this.draws.index(draw)]).longValue();
		}
		return sum;
	}

}
