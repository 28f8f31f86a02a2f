package io.theus.heavy;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.internal.memory.Region;

/**
 * A view of memory that is mapped: a run of its elements, in some shape.
 */
// Immutable but for its end. A view has ended when its grip has, or when it or one that
// it was made of was closed; each access asks for that anew. An access that has begun by
// then goes on: the grip guards what is shown, the buffers guard against a crash.
final class MappedArray implements HeavyArray {

	private final Grip grip;

	private final Lane lane;

	private final Shape shape;

	private final long first;

	private final boolean readOnly;

	// Null if this is not made of another view
	private final @Nullable MappedArray parent;

	private volatile boolean closed;

	MappedArray(Grip grip) {
		this(grip, Lane.of(grip.descriptor.dtype()), Shape.of(grip.descriptor.shape()), 0, false, null);
	}

	private MappedArray(Grip grip, Lane lane, Shape shape, long first, boolean readOnly, @Nullable MappedArray parent) {
		this.grip = grip;
		this.lane = lane;
		this.shape = shape;
		this.first = first;
		this.readOnly = readOnly;
		this.parent = parent;
	}

	static MappedArray part(Grip grip, long first, Shape shape) {
		Shape whole = Shape.of(grip.descriptor.shape());
		if (first < 0 || first > whole.size() - shape.size()) {
			throw new HeavyShapeException("part of heavy array '%s' is outside of it: first=%d, shape=%s, elements=%d"
				.formatted(grip.descriptor.name(), first, shape, whole.size()), shape.toList());
		}
		return new MappedArray(grip, Lane.of(grip.descriptor.dtype()), shape, first, false, null);
	}

	static MappedArray of(HeavyArray array) {
		if (array instanceof MappedArray mapped) {
			return mapped;
		}
		throw new HeavyAccessException(String.valueOf(array.descriptor()), "use",
				"it was not made by this engine: type=" + array.getClass().getName());
	}

	Grip grip() {
		return this.grip;
	}

	long first() {
		return this.first;
	}

	boolean isWhole() {
		return this.first == 0 && this.shape.toList().equals(this.grip.descriptor.shape());
	}

	@Override
	public HeavyDescriptor descriptor() {
		windows("descriptor");
		return this.grip.descriptor;
	}

	@Override
	public DType dtype() {
		windows("dtype");
		return this.lane.dtype;
	}

	@Override
	public List<Long> shape() {
		windows("shape");
		return this.shape.toList();
	}

	@Override
	public long size() {
		windows("size");
		return this.shape.size();
	}

	@Override
	public boolean isReadOnly() {
		windows("isReadOnly");
		return this.readOnly || this.grip.readOnly() != null;
	}

	@Override
	public long index(long... indices) {
		windows("index");
		return this.shape.indexOf(indices);
	}

	@Override
	public double getDouble(long index) {
		ByteBuffer[] windows = windows("getDouble");
		long position = position(index);
		return this.lane.getDouble(Span.window(windows, position), Span.within(position));
	}

	@Override
	public long getLong(long index) {
		ByteBuffer[] windows = windows("getLong");
		long position = position(index);
		return this.lane.getLong(Span.window(windows, position), Span.within(position));
	}

	@Override
	public void setDouble(long index, double value) {
		ByteBuffer[] windows = writable("setDouble");
		long position = position(index);
		this.lane.setDouble(Span.window(windows, position), Span.within(position), value);
	}

	@Override
	public void setLong(long index, long value) {
		ByteBuffer[] windows = writable("setLong");
		long position = position(index);
		this.lane.setLong(Span.window(windows, position), Span.within(position), value);
	}

	private long position(long index) {
		if (index < 0 || index >= this.shape.size()) {
			throw new IndexOutOfBoundsException("element %d is outside of heavy array '%s': shape=%s, elements=%d"
				.formatted(index, this.grip.descriptor.name(), this.shape, this.shape.size()));
		}
		return (this.first + index) << this.lane.shift;
	}

	@Override
	public ByteBuffer byteBuffer(long from, int count) {
		return buffer("byteBuffer", from, count, DType.BOOL, DType.INT8, DType.UINT8);
	}

	@Override
	public ShortBuffer shortBuffer(long from, int count) {
		return buffer("shortBuffer", from, count, DType.INT16, DType.UINT16).asShortBuffer();
	}

	@Override
	public IntBuffer intBuffer(long from, int count) {
		return buffer("intBuffer", from, count, DType.INT32, DType.UINT32).asIntBuffer();
	}

	@Override
	public LongBuffer longBuffer(long from, int count) {
		return buffer("longBuffer", from, count, DType.INT64).asLongBuffer();
	}

	@Override
	public FloatBuffer floatBuffer(long from, int count) {
		return buffer("floatBuffer", from, count, DType.FLOAT32).asFloatBuffer();
	}

	@Override
	public DoubleBuffer doubleBuffer(long from, int count) {
		return buffer("doubleBuffer", from, count, DType.FLOAT64).asDoubleBuffer();
	}

	private ByteBuffer buffer(String action, long from, int count, DType... accepted) {
		ByteBuffer[] windows = windows(action);
		if (!List.of(accepted).contains(this.lane.dtype)) {
			throw new HeavyTypeException(this.grip.descriptor.name(), this.lane.dtype,
					"'%s' shows only %s, use the buffer of the type".formatted(action, List.of(accepted)));
		}
		int most = (1 << Region.WINDOW_BITS) >>> this.lane.shift;
		if (count > most) {
			throw new HeavyShapeException("buffer of heavy array '%s' is too large: elements=%d, most=%d, take several"
				.formatted(this.grip.descriptor.name(), count, most), count);
		}
		if (from < 0 || count < 0 || from > this.shape.size() - count) {
			throw new IndexOutOfBoundsException(
					"elements from %d are outside of heavy array '%s': count=%d, elements=%d".formatted(from,
							this.grip.descriptor.name(), count, this.shape.size()));
		}
		long position = (this.first + Math.min(from, this.shape.size() - 1)) << this.lane.shift;
		ByteBuffer part = this.lane.part(Span.window(windows, position), Span.within(position), count);
		return isReadOnly() ? part.asReadOnlyBuffer().order(part.order()) : part;
	}

	@Override
	public double[] toDoubles() {
		windows("toDoubles");
		if (this.shape.size() > Integer.MAX_VALUE - 8) {
			throw new HeavyShapeException("heavy array '%s' is too large for an array of Java: elements=%d, take slices"
				.formatted(this.grip.descriptor.name(), this.shape.size()), this.shape.toList());
		}
		double[] copy = new double[(int) this.shape.size()];
		over("toDoubles", false, (span) -> {
			Arithmetic.read(span, copy);
			return 0;
		});
		return copy;
	}

	@Override
	public HeavyArray slice(long from, long to) {
		windows("slice");
		if (from < 0 || to > this.shape.length(0) || from >= to) {
			throw new IndexOutOfBoundsException("range %d to %d is empty or outside of heavy array '%s': shape=%s"
				.formatted(from, to, this.grip.descriptor.name(), this.shape));
		}
		return part(this.shape.withFirst(to - from), this.first + from * this.shape.rowSize(), this.readOnly);
	}

	@Override
	public HeavyArray row(long index) {
		windows("row");
		if (this.shape.dimensions() == 1) {
			throw new HeavyShapeException("heavy array '%s' has no rows: shape=%s, use an index or a slice"
				.formatted(this.grip.descriptor.name(), this.shape), this.shape.toList());
		}
		if (index < 0 || index >= this.shape.length(0)) {
			throw new IndexOutOfBoundsException("row %d is outside of heavy array '%s': shape=%s".formatted(index,
					this.grip.descriptor.name(), this.shape));
		}
		return part(this.shape.withoutFirst(), this.first + index * this.shape.rowSize(), this.readOnly);
	}

	@Override
	public HeavyArray reshape(long... lengths) {
		windows("reshape");
		Shape wanted = Shape.of(lengths);
		if (wanted.size() != this.shape.size()) {
			throw new HeavyShapeException(
					"heavy array '%s' cannot have shape %s: shape=%s, elements=%d, wanted=%d"
						.formatted(this.grip.descriptor.name(), wanted, this.shape, this.shape.size(), wanted.size()),
					lengths);
		}
		return part(wanted, this.first, this.readOnly);
	}

	@Override
	public HeavyArray asReadOnly() {
		windows("asReadOnly");
		return part(this.shape, this.first, true);
	}

	private MappedArray part(Shape wanted, long from, boolean forReaders) {
		return new MappedArray(this.grip, this.lane, wanted, from, forReaders, this);
	}

	@Override
	public HeavyArray fill(double value) {
		return change("fill", (span) -> Arithmetic.fill(span, value));
	}

	@Override
	public HeavyArray copyFrom(HeavyArray other) {
		MappedArray from = of(other);
		Span source = from.span("copyFrom");
		if (source.size != this.shape.size()) {
			throw new HeavyShapeException(
					"heavy array '%s' cannot be copied to '%s': elements=%d, expected=%d".formatted(
							from.grip.descriptor.name(), this.grip.descriptor.name(), source.size, this.shape.size()),
					from.shape.toList());
		}
		return change("copyFrom", (span) -> Arithmetic.copy(span, source), from);
	}

	@Override
	public HeavyArray add(HeavyArray other) {
		Span right = counterpart("add", other);
		return change("add", (span) -> Arithmetic.add(span, right), other);
	}

	@Override
	public HeavyArray multiply(HeavyArray other) {
		Span right = counterpart("multiply", other);
		return change("multiply", (span) -> Arithmetic.multiply(span, right), other);
	}

	@Override
	public HeavyArray scale(double factor) {
		return change("scale", (span) -> Arithmetic.scale(span, factor));
	}

	@Override
	public HeavyArray map(DoubleUnaryOperator function) {
		return change("map", (span) -> Arithmetic.map(span, function));
	}

	@Override
	public double sum() {
		return over("sum", false, Arithmetic::sum);
	}

	@Override
	public double min() {
		return over("min", false, Arithmetic::min);
	}

	@Override
	public double max() {
		return over("max", false, Arithmetic::max);
	}

	@Override
	public double dot(HeavyArray other) {
		Span right = counterpart("dot", other);
		return over("dot", false, (span) -> Arithmetic.dot(span, right), other);
	}

	private Span counterpart(String action, HeavyArray other) {
		windows(action);
		MappedArray right = of(other);
		Span span = right.span(action);
		if (right.lane.dtype != this.lane.dtype) {
			throw new HeavyTypeException(right.grip.descriptor.name(), right.lane.dtype,
					"'%s' with '%s' needs %s, use copyFrom to convert it".formatted(action, this.grip.descriptor.name(),
							this.lane.dtype));
		}
		if (!right.shape.equals(this.shape)) {
			throw new HeavyShapeException(
					"heavy array '%s' has another shape: shape=%s, '%s' with '%s' needs %s, reshape it".formatted(
							right.grip.descriptor.name(), right.shape, action, this.grip.descriptor.name(), this.shape),
					right.shape.toList());
		}
		return span;
	}

	private HeavyArray change(String action, Consumer<Span> change, HeavyArray... used) {
		over(action, true, (span) -> {
			change.accept(span);
			return 0;
		}, used);
		return this;
	}

	// Compiled code may find arrays unreachable while their memory is in use
	private double over(String action, boolean write, ToDoubleFunction<Span> operation, HeavyArray... used) {
		try {
			Span span = write ? new Span(writable(action), this.lane, this.first, this.shape.size()) : span(action);
			this.grip.listener.accessed(this.grip.descriptor, action, span.size, write);
			return operation.applyAsDouble(span);
		}
		finally {
			Reference.reachabilityFence(this);
			Reference.reachabilityFence(used);
		}
	}

	private Span span(String action) {
		return new Span(windows(action), this.lane, this.first, this.shape.size());
	}

	private ByteBuffer[] windows(String action) {
		for (MappedArray view = this; view != null; view = view.parent) {
			if (view.closed) {
				throw this.grip.ended(action);
			}
		}
		return this.grip.open(action);
	}

	private ByteBuffer[] writable(String action) {
		ByteBuffer[] windows = windows(action);
		String reason = this.readOnly ? "this view is read-only" : this.grip.readOnly();
		if (reason != null) {
			throw new HeavyAccessException(this.grip.descriptor.name(), action, reason);
		}
		return windows;
	}

	@Override
	public void close() {
		this.closed = true;
		if (this.parent == null) {
			this.grip.end();
		}
	}

	@Override
	public String toString() {
		return "%s%s".formatted(this.grip.descriptor,
				isWhole() ? "" : " from %d as %s".formatted(this.first, this.shape));
	}

}
