package io.theus.benchmarks.heavy;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.ProcessContext;
import io.theus.engine.TheusEngine;
import io.theus.heavy.HeavySlice;

/**
 * The array is in the heavy zone of an engine and published; the receiver gets what
 * stands for it. A process changes it in place.
 */
final class TheusHandover implements Handover {

	private static final String PLACE = "heavy.numbers";

	private static final String CHANGE = "change";

	private static final String NUMBER = "number";

	private final TheusEngine engine = TheusEngine.builder()
		.process(CHANGE, (process) -> process.argument(NUMBER, Double.class).outputs(PLACE).body(TheusHandover::change))
		.build();

	private final HeavySlice slice;

	private final ReceiverJvm receiver;

	TheusHandover(int count) throws IOException {
		this.slice = publish(count);
		this.receiver = new ReceiverJvm(HandoverType.THEUS);
	}

	private HeavySlice publish(int count) {
		HeavyArray array = this.engine.heavy().alloc("numbers", DType.FLOAT64, count);
		Numbers.fill(array.doubleBuffer());
		this.engine.transact((transaction) -> {
			transaction.set(PLACE, array);
			return true;
		});
		return HeavySlice.of(array);
	}

	private static @Nullable Object change(ProcessContext context, Map<String, @Nullable Object> arguments) {
		if (arguments.get(NUMBER) instanceof Double number) {
			context.heavy(PLACE).setDouble(0, number);
		}
		return null;
	}

	@Override
	public void change(double number) {
		this.engine.execute(CHANGE, number);
	}

	@Override
	public double run(Command command) throws IOException {
		this.receiver.send(command);
		if (command.isTaking()) {
			DataOutputStream output = new DataOutputStream(new BufferedOutputStream(this.receiver.input()));
			SliceWire.write(this.slice, output);
			output.flush();
		}
		return this.receiver.answer();
	}

	@Override
	public void close() throws IOException {
		this.receiver.close();
		this.engine.close();
	}

}
