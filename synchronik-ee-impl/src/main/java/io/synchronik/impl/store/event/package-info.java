/**
 * Named SQL on {@code sk_event} and {@code sk_event_batch}: the journal. Events are written once
 * and never touched again.
 */
@NullMarked
package io.synchronik.impl.store.event;

import org.jspecify.annotations.NullMarked;
