/**
 * Nets of tasks and places, and the one pure function that moves them: {@link
 * io.synchronik.impl.net.Step#apply}. No I/O, no clock, no Jakarta, no Quartz.
 *
 * <p>A process is compiled to a net. Each edge of it is a place between two tasks. Where the end of
 * a task decides whether the next may run, the edge delivers exactly one token: a live one when it
 * may, a dead one when it may not. A task whose inputs are all marked runs when all of them are
 * live, and otherwise is skipped, which marks its own outputs dead.
 *
 * <p>A net with an end place is a flow: no dead tokens, joins and splits of either kind, tasks that
 * are enabled again and again. Its run completes with the first token on the end place. A net
 * without one is a graph: its run ends when each task has its verdict.
 */
@NullMarked
package io.synchronik.impl.net;

import org.jspecify.annotations.NullMarked;
