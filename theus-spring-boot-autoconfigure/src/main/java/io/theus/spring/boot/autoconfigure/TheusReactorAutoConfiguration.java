package io.theus.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.theus.spring.TheusEngineCustomizer;
import io.theus.spring.reactor.MonoType;

/**
 * Auto-configuration of processes that return a {@link Mono}, and of the threads of
 * Reactor on which nobody may wait for a process.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = TheusAutoConfiguration.class)
@ConditionalOnClass(Mono.class)
public final class TheusReactorAutoConfiguration {

	@Bean
	TheusEngineCustomizer theusReactorCustomizer() {
		return (builder) -> builder.asynchronousType(new MonoType())
			.nonBlockingThreads(Schedulers::isInNonBlockingThread);
	}

}
