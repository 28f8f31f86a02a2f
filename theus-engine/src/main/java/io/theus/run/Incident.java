package io.theus.run;

/**
 * Why an operator has to decide about a run: a compensation has failed.
 *
 * @param step the id of the step that was to be undone
 * @param process the id of the process that was to undo it
 * @param failure what it has failed with
 * @since 0.1.0
 */
public record Incident(String step, String process, Throwable failure) {

}
