/**
 * Events: written in the transaction that makes them true, numbered, announced to hooks, observers
 * and subscribers after its commit, followed by those who read on. Owns the announcing threads.
 * Tables {@code sk_event} and {@code sk_event_batch}; numbering holds a row of {@code sk_lock}.
 */
@NullMarked
package io.synchronik.impl.journal;

import org.jspecify.annotations.NullMarked;
