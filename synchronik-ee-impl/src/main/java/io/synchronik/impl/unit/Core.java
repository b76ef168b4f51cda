package io.synchronik.impl.unit;

import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.UserCode;

/**
 * What nearly every part of the engine needs.
 *
 * @param settings read once
 * @param clock the database's time
 * @param transactions all boundaries
 * @param journal of events
 * @param registry what this node can run
 * @param code the boundary around application code
 */
public record Core(
    Settings settings,
    DatabaseClock clock,
    Transactions transactions,
    Journal journal,
    Registry registry,
    UserCode code) {}
