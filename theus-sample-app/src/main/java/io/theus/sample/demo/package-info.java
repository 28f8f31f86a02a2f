/**
 * Feeds the desk with many orders at once and counts what comes out.
 */
@NullMarked
package io.theus.sample.demo;

import org.jspecify.annotations.NullMarked;
