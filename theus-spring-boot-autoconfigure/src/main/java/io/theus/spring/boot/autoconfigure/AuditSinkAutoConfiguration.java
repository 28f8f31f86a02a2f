package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.audit.AuditSink;
import io.theus.engine.TheusEngine;
import io.theus.spring.AuditSinkBeans;
import io.theus.spring.actuate.AuditEvents;

/**
 * Auto-configuration of what receives the entries of the audit trail: beans of type
 * {@link AuditSink}, among them the audit events of Spring Boot where there are any.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class,
		afterName = "org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration")
@ConditionalOnBean(TheusEngine.class)
public final class AuditSinkAutoConfiguration {

	@Bean
	AuditSinkBeans theusAuditSinkBeans(TheusEngine engine, ObjectProvider<AuditSink> sinks) {
		return new AuditSinkBeans(engine, sinks);
	}

	/**
	 * The audit events of Spring Boot.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AuditEventRepository.class)
	@ConditionalOnBean(AuditEventRepository.class)
	@ConditionalOnBooleanProperty(name = "theus.audit.events", matchIfMissing = true)
	static class EventsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AuditEvents theusAuditEvents(AuditEventRepository events) {
			return new AuditEvents(events);
		}

	}

}
