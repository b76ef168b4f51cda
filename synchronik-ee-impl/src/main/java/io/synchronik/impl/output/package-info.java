/**
 * What attempts say and log, kept with their runs: bounded in memory, written by the loop and at
 * the end of each attempt. No thread of its own. Table {@code sk_output}.
 */
@NullMarked
package io.synchronik.impl.output;

import org.jspecify.annotations.NullMarked;
