/**
 * Time of schedules: what is due is fired, and timers are armed for what comes next. Owns the one
 * thread that brings work to this node. Table {@code sk_schedule}; firing locks schedules, then
 * units, each by id.
 */
@NullMarked
package io.synchronik.impl.time;

import org.jspecify.annotations.NullMarked;
