package io.theus.sample.web;

import java.time.Duration;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.sample.approval.Approval;
import io.theus.sample.approval.ApprovalNotAwaited;
import io.theus.sample.approval.Approvals;
import io.theus.sample.order.Order;
import io.theus.sample.order.OrderPaths;

/**
 * Shows how orders get on, and takes part in it.
 */
@RestController
@RequestMapping("/orders/{id}")
class FulfilmentController {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final TheusEngine engine;

	private final Approvals approvals;

	FulfilmentController(TheusEngine engine, Approvals approvals) {
		this.engine = engine;
		this.approvals = approvals;
	}

	@GetMapping("/run")
	RunView run(@PathVariable String id) {
		return RunView.of(runOf(order(id)));
	}

	// The run goes on after the answer; how it ends is to be seen at the order
	@PostMapping("/approval")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Approval answer(@PathVariable String id, @Valid @RequestBody Answer answer) throws ApprovalNotAwaited {
		return this.approvals.answer(id, answer.approved(), answer.by());
	}

	@PostMapping("/cancellation")
	Order cancel(@PathVariable String id) throws InterruptedException {
		Run run = runOf(order(id));
		if (!run.cancel()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"order '%s' is through, there is nothing to cancel: status=%s".formatted(id, order(id).status()));
		}
		run.await(PATIENCE);
		return order(id);
	}

	private Order order(String id) {
		return this.engine.state().get(OrderPaths.ORDERS, id);
	}

	private Run runOf(Order order) {
		return this.engine.workflows()
			.find("fulfil", order.id())
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"the run of order '%s' ended long ago: status=%s".formatted(order.id(), order.status())));
	}

}
