package io.synchronik.event;

import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an event comes from.
 *
 * @param eventId stable over repeated announcements, 26 characters
 * @param at the database's time of the statement that made it true, UTC
 * @param node name of the node that committed it
 * @param unit the unit it is about; null for milestones of the engine or of the application
 * @param run the run it is about; null when it is about none
 */
public record EventOrigin(
    String eventId, Instant at, String node, @Nullable UnitId unit, @Nullable RunId run) {}
