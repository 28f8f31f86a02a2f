/**
 * What every rule of the application is, whoever checks it: an identity with what follows
 * from a violation, and the ear that it tells what it has found.
 * <p>
 * A rule finds, and does not decide: it knows neither counts nor exceptions.
 */
@NullMarked
package io.theus.audit.rule;

import org.jspecify.annotations.NullMarked;
