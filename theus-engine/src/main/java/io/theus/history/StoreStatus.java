package io.theus.history;

/**
 * How versions and commits are kept.
 *
 * @param kind where commits are kept, such as {@code memory}
 * @param durable whether they outlive the application
 * @param version the newest version
 * @param oldestVersion the oldest version that is kept
 * @param commits how many commits are kept
 * @param capacity how many commits are kept at most
 * @since 0.1.0
 */
public record StoreStatus(String kind, boolean durable, long version, long oldestVersion, int commits, int capacity) {

}
