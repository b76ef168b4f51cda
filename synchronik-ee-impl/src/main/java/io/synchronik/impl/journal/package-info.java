/**
 * The journal: events written in the transaction that makes them true, numbered after its commit,
 * followed by those who read on. Tables {@code sk_event} and {@code sk_event_batch}; numbering
 * holds a row of {@code sk_lock}.
 */
@NullMarked
package io.synchronik.impl.journal;

import org.jspecify.annotations.NullMarked;
