package io.theus.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.theus.benchmarks.group.Group;
import io.theus.benchmarks.group.Groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DocsPageTests {

	@Test
	void onlyThePartOfTheGroupIsReplaced(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("page.md");
		Files.writeString(file, """
				Before
				<!-- begin a -->
				Old
				<!-- end a -->
				<!-- begin b -->
				Other
				<!-- end b -->
				""");
		new DocsPage(file).replace("a", "New\n");
		assertThat(file).hasContent("""
				Before
				<!-- begin a -->

				New

				<!-- end a -->
				<!-- begin b -->
				Other
				<!-- end b -->
				""");
	}

	@Test
	void replacingTwiceLeavesOneReport() {
		String page = "<!-- begin a -->\n<!-- end a -->\n";
		String once = DocsPage.replaced(page, "a", "New\n");
		assertThat(DocsPage.replaced(once, "a", "New\n")).isEqualTo(once);
	}

	@Test
	void groupWithoutMarkersGetsAPlaceAtTheEnd() {
		String page = DocsPage.replaced("Text\n", "a", "New\n");
		assertThat(page).isEqualTo("Text\n\n<!-- begin a -->\n\nNew\n\n<!-- end a -->\n");
		assertThat(DocsPage.replaced(page, "a", "New\n")).isEqualTo(page);
	}

	@Test
	void pageWithOneOfTheMarkersIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> DocsPage.replaced("<!-- end a -->\n", "a", "New\n"))
			.withMessage("page has half a place for benchmark group 'a': begin=-1, end=0, "
					+ "have both or none of '<!-- begin a -->' and '<!-- end a -->' in it");
	}

	@Test
	void documentationTakesEachGroup() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "benchmarks.md"));
		for (Group group : Groups.all()) {
			assertThat(DocsPage.replaced(page, group.name(), "New\n")).contains("New");
		}
	}

}
