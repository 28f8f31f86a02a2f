package io.theus.test.spring;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import io.theus.test.RecordedCommits;

/**
 * Adds the record of commits to the slice.
 */
@TestConfiguration(proxyBeanMethods = false)
class RecordedCommitsConfiguration {

	@Bean
	RecordedCommits recordedCommits() {
		return new RecordedCommits();
	}

}
