/**
 * Runs: asked for, admitted, claimed, attempted, ended. Owns the thread that records ends; attempts
 * execute on the dispatcher's. Table {@code sk_run}; locks runs, then schedules, then units, each
 * by id.
 */
@NullMarked
package io.synchronik.impl.run;

import org.jspecify.annotations.NullMarked;
