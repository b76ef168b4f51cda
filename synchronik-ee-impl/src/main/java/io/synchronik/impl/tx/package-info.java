/**
 * All transaction boundaries of the engine, what it needs of the server for them, and values as
 * JSON. Begins and ends transactions, or joins the caller's; has no thread of its own and locks no
 * row.
 *
 * <p>Whoever waits for rows takes them in one order, each kind by its keys: pools and their tasks;
 * runs, a process's before its parts; item sets; rates, permits; items; counters, in a slot of
 * their own; schedules, then units. Whoever goes against it, or works for others too, asks for rows
 * with {@code skip locked}, inside {@code briefly}, and comes again for what somebody holds.
 */
@NullMarked
package io.synchronik.impl.tx;

import org.jspecify.annotations.NullMarked;
