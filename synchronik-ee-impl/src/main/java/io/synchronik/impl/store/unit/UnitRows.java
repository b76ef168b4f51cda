package io.synchronik.impl.store.unit;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jpa.AppKey;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.unit.UnitStatus;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code sk_unit} as entities: flags set by people, and what is shown of a unit. */
public final class UnitRows {
  private static final int MOST_DURATIONS = 100;

  /** Returns a unit. */
  public Optional<UnitEntity> find(Session session, String id) {
    return Optional.ofNullable(
        session.entities().find(UnitEntity.class, new AppKey(session.app(), id)));
  }

  /** Returns all units, ordered by id. */
  public List<UnitEntity> all(Session session) {
    return session
        .entities()
        .createQuery(
            "select u from UnitEntity u where u.app = :app order by u.id", UnitEntity.class)
        .setParameter("app", session.app())
        .getResultList();
  }

  /** Returns some units, in no order. */
  public List<UnitEntity> of(Session session, Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : session
            .entities()
            .createQuery(
                "select u from UnitEntity u where u.app = :app and u.id in :ids", UnitEntity.class)
            .setParameter("app", session.app())
            .setParameter("ids", ids)
            .getResultList();
  }

  /** Returns the ids of units that are to be removed and that have no active run. */
  public List<String> releasedAndIdle(Session session) {
    return session.list(
        "select id from sk_unit where app = ? and releasing and active_runs = 0 order by id",
        row -> row.text(1),
        session.app());
  }

  /** Locks a unit until the transaction ends. */
  public Optional<UnitEntity> lock(Session session, String id) {
    return Optional.ofNullable(
        session
            .entities()
            .find(UnitEntity.class, new AppKey(session.app(), id), LockModeType.PESSIMISTIC_WRITE));
  }

  /** Pauses a locked unit, or ends its pause when nobody is given. */
  public void pause(UnitEntity unit, @Nullable String by, @Nullable Instant until) {
    unit.pausedBy = by;
    unit.pausedUntil = by == null ? null : until;
  }

  /** Sets the status of a locked unit. */
  public void status(UnitEntity unit, UnitStatus status) {
    unit.status = status;
  }

  /** Writes what was changed at runtime of a locked unit, as JSON. */
  public void configure(UnitEntity unit, String configuration) {
    unit.configuration = configuration;
  }

  /** Marks a locked unit to be removed when its runs have ended. */
  public void release(UnitEntity unit) {
    unit.releasing = true;
  }

  /** Returns the durations of a unit's latest completed runs, newest first. */
  public List<Duration> latestDurations(Session session, String id) {
    return session.list(
        """
        select started_at, ended_at from sk_run
        where app = ? and unit = ? and state = 'completed' order by id desc limit ?
        """,
        row -> {
          Instant started = row.atOrNull(1);
          Instant ended = row.atOrNull(2);
          return started == null || ended == null
              ? Duration.ZERO
              : Duration.between(started, ended);
        },
        session.app(),
        id,
        MOST_DURATIONS);
  }
}
