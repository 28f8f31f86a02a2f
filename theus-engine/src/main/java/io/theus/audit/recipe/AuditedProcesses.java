package io.theus.audit.recipe;

import java.util.Collection;
import java.util.List;

/**
 * The processes that recipes can name.
 *
 * @since 0.1.0
 */
public interface AuditedProcesses {

	/**
	 * No processes.
	 */
	AuditedProcesses NONE = new AuditedProcesses() {

		@Override
		public List<AuditedProcess> named(String name) {
			return List.of();
		}

		@Override
		public Collection<String> names() {
			return List.of();
		}

	};

	/**
	 * Find processes by name.
	 * @param name an id, a short name, or a relaxed spelling of either
	 * @return the process; none if there is none, several if the name is ambiguous
	 */
	List<AuditedProcess> named(String name);

	/**
	 * Return all names.
	 * @return ids and short names, for suggestions
	 */
	Collection<String> names();

}
