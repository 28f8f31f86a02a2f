/**
 * Lets two threads use an engine at the same moment, many times over, and counts what
 * they see. The harness compiles each side in several ways and so meets reorderings that
 * the unit tests do not.
 *
 * <p>
 * Every state has an engine of its own. Nothing imports this package.
 */
@NullMarked
package io.theus.jcstress;

import org.jspecify.annotations.NullMarked;
