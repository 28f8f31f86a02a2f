package io.theus.heavy;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

import io.theus.DType;
import io.theus.internal.memory.Region;

/**
 * Operations on all elements of an array, piece by piece: a piece is copied to an array
 * of Java that stays in the cache, where loops run at full width. Integers are added and
 * multiplied as {@code long}, everything else is done as {@code double}.
 */
final class Arithmetic {

	private static final int PIECE = 1024;

	// Elements that are read where they are, between two that are added to the total
	private static final int RUN = 1 << 12;

	private static final long LOW = 0xFFFF_FFFFL;

	private Arithmetic() {
	}

	static void fill(Span span, double value) {
		Piece piece = new Piece(span);
		Arrays.fill(piece.doubles, value);
		for (long from = 0; from < span.size; from += PIECE) {
			piece.storeDoubles(from);
		}
	}

	static void read(Span span, double[] to) {
		Piece piece = new Piece(span);
		for (long from = 0; from < span.size; from += PIECE) {
			System.arraycopy(piece.doubles(from), 0, to, (int) from, piece.count(from));
		}
	}

	static void copy(Span to, Span from) {
		if (to.lane.dtype == from.lane.dtype) {
			copyBytes(to, from);
			return;
		}
		boolean exact = !to.lane.dtype.isFloating() && !from.lane.dtype.isFloating();
		Piece target = new Piece(to);
		Piece source = new Piece(from);
		for (long at = 0; at < to.size; at += PIECE) {
			if (exact) {
				System.arraycopy(source.longs(at), 0, target.longs, 0, source.count(at));
				target.storeLongs(at);
			}
			else {
				System.arraycopy(source.doubles(at), 0, target.doubles, 0, source.count(at));
				target.storeDoubles(at);
			}
		}
	}

	private static void copyBytes(Span to, Span from) {
		long step = (1L << Region.WINDOW_BITS) >>> to.lane.shift;
		long steps = (to.size + step - 1) / step;
		boolean backwards = to.isBehind(from);
		for (long i = 0; i < steps; i++) {
			long at = (backwards ? steps - 1 - i : i) * step;
			int bytes = (int) (Math.min(step, to.size - at) << to.lane.shift);
			to.window(at).put(to.at(at), from.window(at), from.at(at), bytes);
		}
	}

	static void add(Span span, Span other) {
		Piece left = new Piece(span);
		Piece right = new Piece(other);
		for (long from = 0; from < span.size; from += PIECE) {
			int count = left.count(from);
			if (span.lane.dtype.isFloating()) {
				double[] a = left.doubles(from);
				double[] b = right.doubles(from);
				for (int i = 0; i < count; i++) {
					a[i] += b[i];
				}
				left.storeDoubles(from);
			}
			else {
				long[] a = left.longs(from);
				long[] b = right.longs(from);
				for (int i = 0; i < count; i++) {
					a[i] += b[i];
				}
				left.storeLongs(from);
			}
		}
	}

	static void multiply(Span span, Span other) {
		Piece left = new Piece(span);
		Piece right = new Piece(other);
		for (long from = 0; from < span.size; from += PIECE) {
			int count = left.count(from);
			if (span.lane.dtype.isFloating()) {
				double[] a = left.doubles(from);
				double[] b = right.doubles(from);
				for (int i = 0; i < count; i++) {
					a[i] *= b[i];
				}
				left.storeDoubles(from);
			}
			else {
				long[] a = left.longs(from);
				long[] b = right.longs(from);
				for (int i = 0; i < count; i++) {
					a[i] *= b[i];
				}
				left.storeLongs(from);
			}
		}
	}

	static void scale(Span span, double factor) {
		Piece piece = new Piece(span);
		for (long from = 0; from < span.size; from += PIECE) {
			double[] a = piece.doubles(from);
			int count = piece.count(from);
			for (int i = 0; i < count; i++) {
				a[i] *= factor;
			}
			piece.storeDoubles(from);
		}
	}

	static void map(Span span, DoubleUnaryOperator function) {
		Piece piece = new Piece(span);
		for (long from = 0; from < span.size; from += PIECE) {
			double[] a = piece.doubles(from);
			int count = piece.count(from);
			for (int i = 0; i < count; i++) {
				a[i] = function.applyAsDouble(a[i]);
			}
			piece.storeDoubles(from);
		}
	}

	static double sum(Span span) {
		if (span.lane.dtype == DType.FLOAT64) {
			return sumInPlace(span);
		}
		return span.lane.dtype.isFloating() ? sumOfDoubles(span) : sumOfLongs(span);
	}

	// Without a conversion there is nothing to copy a piece for
	private static double sumInPlace(Span span) {
		double sum = 0;
		for (long from = 0; from < span.size; from += RUN) {
			DoubleBuffer a = span.doubles(from, (int) Math.min(RUN, span.size - from));
			sum += sum(a);
		}
		return sum;
	}

	private static double sum(DoubleBuffer a) {
		int count = a.limit();
		double s0 = 0;
		double s1 = 0;
		double s2 = 0;
		double s3 = 0;
		int i = 0;
		for (; i < count - 3; i += 4) {
			s0 += a.get(i);
			s1 += a.get(i + 1);
			s2 += a.get(i + 2);
			s3 += a.get(i + 3);
		}
		for (; i < count; i++) {
			s0 += a.get(i);
		}
		return (s0 + s1) + (s2 + s3);
	}

	private static double dotInPlace(Span span, Span other) {
		double sum = 0;
		for (long from = 0; from < span.size; from += RUN) {
			int count = (int) Math.min(RUN, span.size - from);
			sum += dot(span.doubles(from, count), other.doubles(from, count));
		}
		return sum;
	}

	private static double dot(DoubleBuffer a, DoubleBuffer b) {
		int count = a.limit();
		double s0 = 0;
		double s1 = 0;
		double s2 = 0;
		double s3 = 0;
		int i = 0;
		for (; i < count - 3; i += 4) {
			s0 += a.get(i) * b.get(i);
			s1 += a.get(i + 1) * b.get(i + 1);
			s2 += a.get(i + 2) * b.get(i + 2);
			s3 += a.get(i + 3) * b.get(i + 3);
		}
		for (; i < count; i++) {
			s0 += a.get(i) * b.get(i);
		}
		return (s0 + s1) + (s2 + s3);
	}

	// One sum would wait for each addition; the sums of pieces also keep the error small
	private static double sumOfDoubles(Span span) {
		Piece piece = new Piece(span);
		double sum = 0;
		for (long from = 0; from < span.size; from += PIECE) {
			double[] a = piece.doubles(from);
			int count = piece.count(from);
			double s0 = 0;
			double s1 = 0;
			double s2 = 0;
			double s3 = 0;
			int i = 0;
			for (; i < count - 3; i += 4) {
				s0 += a[i];
				s1 += a[i + 1];
				s2 += a[i + 2];
				s3 += a[i + 3];
			}
			for (; i < count; i++) {
				s0 += a[i];
			}
			sum += (s0 + s1) + (s2 + s3);
		}
		return sum;
	}

	// Upper and lower halves apart, so that no sum of less than 2^31 elements overflows
	private static double sumOfLongs(Span span) {
		Piece piece = new Piece(span);
		long high = 0;
		long low = 0;
		for (long from = 0; from < span.size; from += PIECE) {
			long[] a = piece.longs(from);
			int count = piece.count(from);
			for (int i = 0; i < count; i++) {
				high += a[i] >> Integer.SIZE;
				low += a[i] & LOW;
			}
			high += low >> Integer.SIZE;
			low &= LOW;
		}
		return 0x1p32 * high + low;
	}

	static double min(Span span) {
		Piece piece = new Piece(span);
		if (!span.lane.dtype.isFloating()) {
			long least = Long.MAX_VALUE;
			for (long from = 0; from < span.size; from += PIECE) {
				long[] a = piece.longs(from);
				int count = piece.count(from);
				for (int i = 0; i < count; i++) {
					least = Math.min(least, a[i]);
				}
			}
			return least;
		}
		double least = Double.POSITIVE_INFINITY;
		for (long from = 0; from < span.size; from += PIECE) {
			double[] a = piece.doubles(from);
			int count = piece.count(from);
			double m1 = least;
			double m2 = least;
			double m3 = least;
			int i = 0;
			for (; i < count - 3; i += 4) {
				least = Math.min(least, a[i]);
				m1 = Math.min(m1, a[i + 1]);
				m2 = Math.min(m2, a[i + 2]);
				m3 = Math.min(m3, a[i + 3]);
			}
			for (; i < count; i++) {
				least = Math.min(least, a[i]);
			}
			least = Math.min(Math.min(least, m1), Math.min(m2, m3));
		}
		return least;
	}

	static double max(Span span) {
		Piece piece = new Piece(span);
		if (!span.lane.dtype.isFloating()) {
			long most = Long.MIN_VALUE;
			for (long from = 0; from < span.size; from += PIECE) {
				long[] a = piece.longs(from);
				int count = piece.count(from);
				for (int i = 0; i < count; i++) {
					most = Math.max(most, a[i]);
				}
			}
			return most;
		}
		double most = Double.NEGATIVE_INFINITY;
		for (long from = 0; from < span.size; from += PIECE) {
			double[] a = piece.doubles(from);
			int count = piece.count(from);
			double m1 = most;
			double m2 = most;
			double m3 = most;
			int i = 0;
			for (; i < count - 3; i += 4) {
				most = Math.max(most, a[i]);
				m1 = Math.max(m1, a[i + 1]);
				m2 = Math.max(m2, a[i + 2]);
				m3 = Math.max(m3, a[i + 3]);
			}
			for (; i < count; i++) {
				most = Math.max(most, a[i]);
			}
			most = Math.max(Math.max(most, m1), Math.max(m2, m3));
		}
		return most;
	}

	static double dot(Span span, Span other) {
		if (span.lane.dtype == DType.FLOAT64) {
			return dotInPlace(span, other);
		}
		Piece left = new Piece(span);
		Piece right = new Piece(other);
		double sum = 0;
		for (long from = 0; from < span.size; from += PIECE) {
			double[] a = left.doubles(from);
			double[] b = right.doubles(from);
			int count = left.count(from);
			double s0 = 0;
			double s1 = 0;
			double s2 = 0;
			double s3 = 0;
			int i = 0;
			for (; i < count - 3; i += 4) {
				s0 += a[i] * b[i];
				s1 += a[i + 1] * b[i + 1];
				s2 += a[i + 2] * b[i + 2];
				s3 += a[i + 3] * b[i + 3];
			}
			for (; i < count; i++) {
				s0 += a[i] * b[i];
			}
			sum += (s0 + s1) + (s2 + s3);
		}
		return sum;
	}

	/**
	 * A piece of a run, as an array of Java.
	 */
	private static final class Piece {

		private final Span span;

		private final Object scratch;

		private final double[] doubles = new double[PIECE];

		private final long[] longs = new long[PIECE];

		Piece(Span span) {
			this.span = span;
			this.scratch = span.lane.scratch(PIECE);
		}

		int count(long from) {
			return (int) Math.min(PIECE, this.span.size - from);
		}

		double[] doubles(long from) {
			this.span.lane.load(this.span.window(from), this.span.at(from), this.scratch, this.doubles, count(from));
			return this.doubles;
		}

		long[] longs(long from) {
			this.span.lane.load(this.span.window(from), this.span.at(from), this.scratch, this.longs, count(from));
			return this.longs;
		}

		void storeDoubles(long from) {
			this.span.lane.store(this.span.window(from), this.span.at(from), this.scratch, this.doubles, count(from));
		}

		void storeLongs(long from) {
			this.span.lane.store(this.span.window(from), this.span.at(from), this.scratch, this.longs, count(from));
		}

	}

}
