package io.synchronik.impl.tell;

import io.synchronik.event.SynchronikEvent;
import io.synchronik.impl.store.event.Place;
import org.jspecify.annotations.Nullable;

/**
 * An event that was read from the journal.
 *
 * @param place where it is
 * @param event null when it cannot be understood
 */
record Found(Place place, @Nullable SynchronikEvent event) {}
