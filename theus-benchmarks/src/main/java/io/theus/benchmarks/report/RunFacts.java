package io.theus.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where and when a group was run. Names of hosts and users are left out on purpose.
 *
 * @param date when it was run
 * @param jdk vendor and version of the JDK
 * @param system name and architecture of the operating system
 * @param cores the number of cores
 * @param memoryGib the memory of the machine in GiB
 * @param load the load average over the minute before the run, negative if the system
 * does not tell
 * @since 0.1.0
 */
public record RunFacts(LocalDate date, String jdk, String system, int cores, long memoryGib, double load) {

	/**
	 * Collect the facts of a run that begins now.
	 * @param date the day
	 * @return the facts
	 */
	public static RunFacts collect(LocalDate date) {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new RunFacts(date, System.getProperty("java.vendor") + " " + Runtime.version(),
				System.getProperty("os.name") + " " + System.getProperty("os.arch"), system.getAvailableProcessors(),
				Math.round(system.getTotalMemorySize() / (double) (1L << 30)), system.getSystemLoadAverage());
	}

}
