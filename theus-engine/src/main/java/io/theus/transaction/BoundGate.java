package io.theus.transaction;

import io.theus.audit.recipe.OutputGate;
import io.theus.store.CommitOrigin;

/**
 * Rules about what is written, with whose they are.
 *
 * @param rules the rules
 * @param execution the execution of a process, or of one that has called it
 */
record BoundGate(OutputGate rules, CommitOrigin execution) {

}
