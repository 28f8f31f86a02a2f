package io.theus.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What web applications get.
 *
 * @param problemDetails whether a controller that passes on what the engine has refused
 * answers with problem details, unless the application handles it
 * @since 0.1.0
 */
@ConfigurationProperties("theus.web")
public record TheusWebProperties(@DefaultValue("true") boolean problemDetails) {

}
