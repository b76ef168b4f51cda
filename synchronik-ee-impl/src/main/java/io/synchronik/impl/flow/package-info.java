/**
 * Runs of processes: their nets are loaded, moved and ended. Owns the one thread that decides.
 * Tables {@code sk_task}, {@code sk_place}, {@code sk_timer} and the rows of {@code sk_run} that
 * are parts; locks runs of processes, then the runs that follow, then units.
 */
@NullMarked
package io.synchronik.impl.flow;

import org.jspecify.annotations.NullMarked;
