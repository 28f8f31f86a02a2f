package io.theus.parallel;

import io.theus.ProcessContext;

/**
 * Makes the objects of which a worker runs methods. The worker makes one instance of the
 * implementation, through its constructor without parameters, and keeps every object that
 * it makes.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface WorkerBeanFactory {

	/**
	 * Make an object. This is called once for each class in each worker.
	 * @param type the class of the bean
	 * @param context to be injected: resolves to whatever runs in the worker
	 * @return an instance of the class
	 * @throws Exception if there is no way to make one; the call fails with it
	 */
	Object create(Class<?> type, ProcessContext context) throws Exception;

}
