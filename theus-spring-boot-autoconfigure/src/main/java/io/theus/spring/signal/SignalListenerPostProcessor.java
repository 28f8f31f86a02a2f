package io.theus.spring.signal;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Tells of beans that are made when the listeners have been searched for: some show their
 * class only then.
 *
 * @since 0.1.0
 */
public final class SignalListenerPostProcessor implements BeanPostProcessor {

	private volatile @Nullable BiConsumer<String, Object> onMade;

	/**
	 * Create the post-processor.
	 */
	public SignalListenerPostProcessor() {
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		BiConsumer<String, Object> told = this.onMade;
		if (told != null) {
			told.accept(beanName, bean);
		}
		return bean;
	}

	/**
	 * Set who hears of beans that are made from now on.
	 * @param told is given the name of each and the bean as others see it
	 */
	void onMade(BiConsumer<String, Object> told) {
		this.onMade = told;
	}

}
