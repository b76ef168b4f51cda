/**
 * Events: written in the transaction that makes them true, numbered, announced to hooks, observers
 * and subscribers after its commit, followed by those who read on. What is told is in memory only
 * as far as it fits, a place in the journal beyond that. Tables {@code sk_event}, {@code
 * sk_event_batch} and {@code sk_untold}, the last one under the node's lease; numbering holds a row
 * of {@code sk_lock}.
 */
@NullMarked
package io.synchronik.impl.journal;

import org.jspecify.annotations.NullMarked;
