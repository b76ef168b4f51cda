/**
 * Processes: workers with a run mode or a dependency graph, and what came of their runs.
 *
 * <p>A process is declared by a class with {@link io.synchronik.process.WorkerProcess}, by a bean
 * of type {@link io.synchronik.process.Process}, such as a producer makes, or registered by a call.
 */
@NullMarked
package io.synchronik.process;

import org.jspecify.annotations.NullMarked;
