package io.theus.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.theus.audit.recipe.AuditedProcess;
import io.theus.path.PathPattern;

/**
 * A process as recipes of audit rules see it.
 *
 * @param process the process
 */
record AuditedDefinition(ProcessDefinition process) implements AuditedProcess {

	@Override
	public String id() {
		return this.process.id();
	}

	@Override
	public boolean isNamed(String text) {
		return this.process.isNamed(text);
	}

	@Override
	public List<AuditedParameter> parameters() {
		List<AuditedParameter> known = new ArrayList<>();
		List<Parameter> all = this.process.parameters();
		for (int i = 0; i < all.size(); i++) {
			if (all.get(i).kind() != Parameter.Kind.CONTEXT) {
				known.add(new AuditedParameter(all.get(i).name(), all.get(i).type(), i));
			}
		}
		return known;
	}

	@Override
	public List<PathPattern> outputs() {
		return this.process.contract().outputs();
	}

	@Override
	public Set<String> placeholders() {
		return this.process.contract().spec().placeholders();
	}

	@Override
	public List<String> calls() {
		return this.process.contract().spec().calls();
	}

	@Override
	public boolean isStrict() {
		return this.process.contract().spec().strict();
	}

}
