package io.theus.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;

import io.theus.path.Path;

import static org.assertj.core.api.Assertions.assertThat;

class OwnWritesTests {

	@RepeatedTest(20)
	void agreesWithAPlainListHoweverManyThereAre() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		OwnWrites writes = new OwnWrites();
		List<Path> expected = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			if (random.nextInt(40) == 0) {
				int size = random.nextInt(expected.size() + 1);
				expected.subList(size, expected.size()).clear();
				writes.truncate(size);
			}
			Path added = randomPath(random);
			writes.add(added);
			if (!expected.contains(added)) {
				expected.add(added);
			}
			Path asked = randomPath(random);
			assertThat(writes.size()).as("seed=%d", seed).isEqualTo(expected.size());
			assertThat(writes.covers(asked)).as("seed=%d %s in %s", seed, asked, expected)
				.isEqualTo(expected.stream().anyMatch(asked::startsWith));
			assertThat(writes.meeting(asked)).as("seed=%d %s", seed, asked)
				.isEqualTo(expected.stream().filter((own) -> own.startsWith(asked) || asked.startsWith(own)).toList());
		}
	}

	private static Path randomPath(Random random) {
		Path path = Path.parse("domain").child("k" + random.nextInt(8));
		for (int i = random.nextInt(4); i > 0; i--) {
			path = path.child("k" + random.nextInt(4));
		}
		return path;
	}

}
