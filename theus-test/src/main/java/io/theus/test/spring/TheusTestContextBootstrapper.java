package io.theus.test.spring;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts the slice of {@link TheusTest}.
 */
class TheusTestContextBootstrapper extends TestSliceTestContextBootstrapper<TheusTest> {

}
