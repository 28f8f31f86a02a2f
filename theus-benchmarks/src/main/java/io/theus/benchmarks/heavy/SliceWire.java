package io.theus.benchmarks.heavy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.theus.DType;
import io.theus.HeavyDescriptor;
import io.theus.heavy.HeavySlice;

/**
 * Writes and reads what stands for an array.
 */
final class SliceWire {

	private SliceWire() {
	}

	static void write(HeavySlice slice, DataOutput to) throws IOException {
		HeavyDescriptor array = slice.descriptor();
		to.writeUTF(array.key());
		to.writeUTF(array.segment());
		to.writeUTF(array.dtype().name());
		writeShape(array.shape(), to);
		to.writeUTF(array.order());
		to.writeLong(array.bytes());
		to.writeUTF(array.session());
		to.writeLong(array.pid());
		to.writeLong(array.use());
		to.writeLong(slice.first());
		writeShape(slice.shape(), to);
	}

	private static void writeShape(List<Long> shape, DataOutput to) throws IOException {
		to.writeInt(shape.size());
		for (long length : shape) {
			to.writeLong(length);
		}
	}

	static HeavySlice read(DataInput from) throws IOException {
		HeavyDescriptor array = new HeavyDescriptor(from.readUTF(), from.readUTF(), DType.valueOf(from.readUTF()),
				readShape(from), from.readUTF(), from.readLong(), from.readUTF(), from.readLong(), from.readLong());
		return new HeavySlice(array, from.readLong(), readShape(from));
	}

	private static List<Long> readShape(DataInput from) throws IOException {
		int dimensions = from.readInt();
		List<Long> shape = new ArrayList<>();
		for (int i = 0; i < dimensions; i++) {
			shape.add(from.readLong());
		}
		return shape;
	}

}
