package io.theus.spring.boot.autoconfigure;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the endpoints.
 *
 * @param showValues to whom values are shown: of the state, keys of messages, inputs and
 * results of runs
 * @param roles the roles that authorize to see values, everybody who is authenticated if
 * empty
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.theus")
public record TheusEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

}
