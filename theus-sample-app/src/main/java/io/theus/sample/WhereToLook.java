package io.theus.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says where to look once the desk is open.
 */
@Component
class WhereToLook {

	private static final Logger logger = LoggerFactory.getLogger(WhereToLook.class);

	private volatile int port;

	@EventListener
	void opened(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() == null) {
			this.port = event.getWebServer().getPort();
		}
	}

	@EventListener(ApplicationStartedEvent.class)
	void started() {
		logger
			.info("""
					The order desk is open. Where to look:
					  http://localhost:{port}/orders/(id)       an order; POST /orders places one
					  http://localhost:{port}/orders/(id)/run   how far its run is; POST …/approval answers, POST …/cancellation cancels
					  http://localhost:{port}/invoices/(id)     its invoice
					  http://localhost:{port}/matrices/product  a product in shared memory; POST /matrices?size=600 computes one, in parallel
					  http://localhost:{port}/actuator/theus    the engine; further /processes /workflows /runs /state?path=domain.orders"""
				.replace("{port}", String.valueOf(this.port)));
	}

}
