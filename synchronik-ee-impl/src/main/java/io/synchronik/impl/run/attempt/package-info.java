/**
 * Attempts at runs that this node has claimed: begun, executed on the dispatcher's threads, tried
 * again, completed. Owns the thread that records ends. Table {@code sk_run}.
 */
@NullMarked
package io.synchronik.impl.run.attempt;

import org.jspecify.annotations.NullMarked;
