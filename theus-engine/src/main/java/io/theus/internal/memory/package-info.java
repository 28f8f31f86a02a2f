/**
 * Named memory of the operating system, which several processes of a machine share. The
 * only place that knows JNA.
 *
 * <p>
 * Memory that is mapped stays mapped as long as a buffer of it is reachable, as with
 * files that {@code java.nio} maps: nothing that a program does with such a buffer can
 * touch memory that is there no more. This package knows names and bytes; it does not
 * know who owns them, what they mean or when they go.
 */
@NullMarked
package io.theus.internal.memory;

import org.jspecify.annotations.NullMarked;
