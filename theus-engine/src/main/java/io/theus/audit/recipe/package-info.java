/**
 * Recipes: what is written down about the processes of an application, in YAML or in
 * Java, and how it is bound to them and checked.
 * <p>
 * A recipe is read into specifications that name things. It is put in force when every
 * name was looked up and every expression compiled; then a rule is a small object that
 * asks a call, or the state that a commit would leave behind, and tells the
 * {@link io.theus.audit.rule.Findings} of the attempt.
 * <p>
 * This package knows neither counts nor what follows from a violation, and of processes
 * just what an {@link io.theus.audit.recipe.AuditedProcess} says.
 */
@NullMarked
package io.theus.audit.recipe;

import org.jspecify.annotations.NullMarked;
