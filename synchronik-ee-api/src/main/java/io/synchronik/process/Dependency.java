package io.synchronik.process;

import org.jspecify.annotations.Nullable;

/**
 * One edge of a dependency graph.
 *
 * @param on the parent: it has to succeed before the dependent worker may run
 * @param condition what the parent's result has to fulfil as well; null for any result
 */
public record Dependency(WorkerRef on, @Nullable Condition<?> condition) {}
