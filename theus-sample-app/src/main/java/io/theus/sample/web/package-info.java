/**
 * The order desk over HTTP.
 */
@NullMarked
package io.theus.sample.web;

import org.jspecify.annotations.NullMarked;
