package io.theus.sample.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.theus.HeavyDescriptor;
import io.theus.engine.TheusEngine;
import io.theus.sample.matrix.MatrixJob;
import io.theus.sample.matrix.MatrixReport;

/**
 * Multiplies matrices.
 */
@RestController
@RequestMapping("/matrices")
class MatrixController {

	private final MatrixJob job;

	private final TheusEngine engine;

	MatrixController(MatrixJob job, TheusEngine engine) {
		this.job = job;
		this.engine = engine;
	}

	@PostMapping
	MatrixReport multiply(@RequestParam(defaultValue = "600") @Min(1) @Max(2000) int size,
			@RequestParam(defaultValue = "4") @Min(1) @Max(64) int blocks) {
		return this.job.run(size, Math.min(size, blocks));
	}

	@GetMapping("/product")
	HeavyDescriptor product() {
		return this.engine.state().get("heavy.product", HeavyDescriptor.class);
	}

}
