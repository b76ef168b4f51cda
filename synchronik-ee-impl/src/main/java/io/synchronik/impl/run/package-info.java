/**
 * Runs: asked for, admitted, claimed, ended, and who waits for their ends. Table {@code sk_run};
 * locks runs, then schedules, then units, each by id.
 */
@NullMarked
package io.synchronik.impl.run;

import org.jspecify.annotations.NullMarked;
