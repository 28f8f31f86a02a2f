/**
 * Tests of processes within Spring Boot: an engine with the application's processes and
 * workflows and nothing else.
 *
 * <p>
 * Needs {@code theus-spring-boot-starter-test}; the rest of the test kit must not know
 * this package.
 */
@NullMarked
package io.theus.test.spring;

import org.jspecify.annotations.NullMarked;
