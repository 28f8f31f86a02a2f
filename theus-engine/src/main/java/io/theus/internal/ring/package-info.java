/**
 * A bounded, lock-free ring that many threads publish to and any number of readers
 * follow, each at its own pace.
 *
 * <p>
 * Invariants: an entry has a dense sequence number, starting at 0; what is retained are
 * the last {@code capacity} entries, exactly; publishers wait for nobody. The package
 * knows nothing of what the entries mean: signals, the meta log and the audit trail are
 * users of it.
 */
@NullMarked
package io.theus.internal.ring;

import org.jspecify.annotations.NullMarked;
