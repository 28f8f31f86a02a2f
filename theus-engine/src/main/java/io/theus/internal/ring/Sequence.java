package io.theus.internal.ring;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that one thread writes all the time while others write theirs. It is padded,
 * so that two of them are never in one line of a processor's cache, where each write of
 * one would hold up the other.
 */
final class Sequence extends AtomicLong {

	private static final long serialVersionUID = 1L;

	// What is not private is not dropped, by tools or by people
	long p1;

	long p2;

	long p3;

	long p4;

	long p5;

	long p6;

	long p7;

	Sequence(long initial) {
		super(initial);
	}

}
