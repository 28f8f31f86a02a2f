package io.theus.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.audit.recipe.AuditRecipe;
import io.theus.engine.TheusEngine;
import io.theus.error.TheusException;
import io.theus.invariant.Invariant;

/**
 * Looks from time to time whether recipes have changed, and puts them in force. One that
 * cannot be is reported, once, and what was in force stays.
 */
// The content is compared, not the time of the file: a file may be replaced by an older
// one, and two changes within the resolution of the clock of a file system look the same
final class AuditReload implements SmartInitializingSingleton, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(AuditReload.class);

	private final TheusEngine engine;

	private final AuditDocuments documents;

	private final Duration interval;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(AuditReload::thread);

	// Used by the thread of the executor only, once it runs
	private Map<String, String> known;

	private final List<Invariant> invariants;

	private String reported = "";

	AuditReload(TheusEngine engine, AuditDocuments documents, Map<String, String> known, Duration interval) {
		this.engine = engine;
		this.documents = documents;
		this.known = known;
		this.invariants = invariants(documents.recipes(known));
		this.interval = interval;
	}

	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "theus-audit-reload");
		thread.setDaemon(true);
		return thread;
	}

	// It reports what fails itself
	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void afterSingletonsInstantiated() {
		this.executor.scheduleWithFixedDelay(this::look, this.interval.toNanos(), this.interval.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	private void look() {
		List<AuditRecipe> changed;
		try {
			changed = changed();
		}
		catch (RuntimeException ex) {
			if (report(ex)) {
				this.engine.audit().rejected(ex);
			}
			return;
		}
		try {
			if (changed != null) {
				enforce(changed);
			}
			this.reported = "";
		}
		catch (RuntimeException ex) {
			report(ex);
		}
	}

	private @Nullable List<AuditRecipe> changed() {
		Map<String, String> now = this.documents.read();
		if (now.equals(this.known)) {
			return null;
		}
		this.known = now;
		return this.documents.recipes(now);
	}

	private void enforce(List<AuditRecipe> recipes) {
		this.engine.audit().enforce(recipes);
		if (!invariants(recipes).equals(this.invariants)) {
			logger.warn("Invariants of a reloaded recipe have changed, they count from the next start on: "
					+ "what they remember of earlier commits cannot be made up for");
		}
	}

	private static List<Invariant> invariants(List<AuditRecipe> recipes) {
		return recipes.stream().flatMap((recipe) -> recipe.invariants().stream()).toList();
	}

	// A place that cannot be read is found again at each look
	private boolean report(RuntimeException failure) {
		String message = String.valueOf(failure.getMessage());
		if (message.equals(this.reported)) {
			return false;
		}
		this.reported = message;
		if (failure instanceof TheusException) {
			logger.error("Audit recipe is not in force, the one before stays: {}", message);
		}
		else {
			logger.error("Audit recipe cannot be reloaded, the one before stays in force", failure);
		}
		return true;
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
