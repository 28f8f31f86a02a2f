package io.theus.benchmarks.flux;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/**
 * Flowable on H2 in memory through a HikariCP pool, without what a process engine needs
 * for other things: history, users, event registry and background jobs.
 *
 * @since 0.1.0
 */
public final class FlowableEngine implements AutoCloseable {

	private static final AtomicInteger number = new AtomicInteger();

	private final HikariDataSource dataSource = new HikariDataSource();

	private final ProcessEngine engine;

	/**
	 * Start an engine with a database of its own.
	 * @param definition the document with the processes, on the class path
	 * @param delegates what service tasks call, by name
	 */
	public FlowableEngine(String definition, Map<String, JavaDelegate> delegates) {
		this.dataSource.setJdbcUrl("jdbc:h2:mem:flowable" + number.incrementAndGet());
		this.dataSource.setUsername("sa");
		StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
		configuration.setDataSource(this.dataSource);
		// The database goes with its last connection; Flowable's script that drops the
		// schema fails on this version of H2
		configuration.setDatabaseSchemaUpdate("true");
		configuration.setHistoryLevel(HistoryLevel.NONE);
		configuration.setDisableIdmEngine(true);
		configuration.setDisableEventRegistry(true);
		configuration.setBeans(Map.copyOf(delegates));
		this.engine = configuration.buildProcessEngine();
		this.engine.getRepositoryService().createDeployment().addClasspathResource(definition).deploy();
	}

	/**
	 * Return what starts and continues process instances.
	 * @return the service
	 */
	public RuntimeService runtime() {
		return this.engine.getRuntimeService();
	}

	@Override
	public void close() {
		this.engine.close();
		this.dataSource.close();
	}

}
