package io.theus.workflow;

/**
 * The steps that replace a step whose process has failed as declared.
 *
 * @param error the name of the declared error: that of its class, with or without package
 * @param block the steps
 * @since 0.1.0
 */
public record ErrorHandler(Name error, Block block) {

}
