package io.synchronik.impl.net;

import org.jspecify.annotations.Nullable;

/**
 * A task in a run, as stored. Tasks that were never touched have no row.
 *
 * @param task id of the task
 * @param generation which enabling; 0 when it never was enabled
 * @param state its state
 * @param reason why it was skipped or cancelled, or will be skipped when its turn comes; null for
 *     none
 */
public record TaskRow(String task, int generation, TaskState state, @Nullable String reason) {}
