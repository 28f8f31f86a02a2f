package io.theus.store;

/**
 * Which step of which run commits.
 *
 * @param workflow the name of the workflow
 * @param run the id of the run
 * @param step the id of the step
 * @param iteration which iteration of the outermost loop that the step is in, from 1 on;
 * 0 outside of loops
 * @since 0.1.0
 */
public record RunPlace(String workflow, String run, String step, long iteration) {

}
