/** Events to and from their rows. Reads the tables {@code sk_event} and {@code sk_event_batch}. */
@NullMarked
package io.synchronik.impl.event;

import org.jspecify.annotations.NullMarked;
