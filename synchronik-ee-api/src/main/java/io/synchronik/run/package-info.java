/** Runs: their ids, states and outcomes, and the errors that callers can catch. */
@NullMarked
package io.synchronik.run;

import org.jspecify.annotations.NullMarked;
