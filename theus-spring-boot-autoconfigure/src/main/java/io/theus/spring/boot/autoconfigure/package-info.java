/**
 * Auto-configuration that joins the engine and its Spring integration to a Spring Boot
 * application.
 *
 * <p>
 * Whatever is configured here backs off from a bean of the application. Nothing imports
 * this package.
 */
@NullMarked
package io.theus.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
