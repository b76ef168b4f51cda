package io.synchronik.impl.store.unit;

import io.synchronik.impl.lifecycle.UnitFacts;
import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code sk_unit_delta}: what people have set of units in transactions of their own. Rows are only
 * inserted, and deleted by whoever holds the unit and its schedules.
 */
public final class UnitIntents {
  /** What is set. */
  public enum Kind {
    /** Nothing is to run it. */
    PAUSE,
    /** The pause is over. */
    RESUME,
    /** Schedules are to run it. */
    ENABLE,
    /** Schedules are not to run it. */
    DISABLE
  }

  /**
   * Something that is set of a unit.
   *
   * @param kind what it is
   * @param by who pauses it
   * @param until when the pause ends by itself, null for never
   */
  public record Control(Kind kind, @Nullable String by, @Nullable Instant until) {
    public static Control pause(String by, @Nullable Instant until) {
      return new Control(Kind.PAUSE, by, until);
    }

    public static Control of(Kind kind) {
      return new Control(kind, null, null);
    }

    /** Returns what becomes of a unit's flags. */
    public UnitFacts on(UnitFacts facts) {
      return switch (kind) {
        case PAUSE -> facts.withPause(by, until);
        case RESUME -> facts.withPause(null, null);
        case ENABLE -> facts.withEnabled(true);
        case DISABLE -> facts.withEnabled(false);
      };
    }
  }

  /**
   * A control that is to be applied.
   *
   * @param unit of which unit
   * @param id in the order in which it came
   * @param at when
   * @param control what is set
   */
  public record Intent(String unit, String id, Instant at, Control control) {}

  private static final String KINDS = "('pause', 'resume', 'enable', 'disable')";

  /** Tells whether there is such a thing of a unit of the alias {@code u}. */
  static final String PENDING =
      """
      exists (select 1 from sk_unit_delta i
        where i.app = u.app and i.unit = u.id and i.kind in %s)
      """
          .formatted(KINDS);

  /** Tells whether a unit of the alias {@code u} is enabled when all is applied. */
  static final String ENABLED =
      """
      coalesce((select i.kind = 'enable' from sk_unit_delta i
        where i.app = u.app and i.unit = u.id and i.kind in ('enable', 'disable')
        order by i.id desc limit 1), u.enabled)
      """;

  private static final String COLUMNS =
      "select unit, id, at, kind, who, pause_until from sk_unit_delta where app = ? and kind in "
          + KINDS;

  /** Inserts what is to be applied. */
  public void insert(Session session, Intent intent) {
    session.update(
        """
        insert into sk_unit_delta (app, unit, id, kind, run, at, millis, max_runs, who, pause_until)
        values (?, ?, ?, ?, '', ?, 0, 0, ?, ?)
        """,
        session.app(),
        intent.unit,
        intent.id,
        intent.control.kind.name().toLowerCase(Locale.ROOT),
        intent.at,
        intent.control.by,
        intent.control.until);
  }

  /** Returns what is to be applied to some units, in the order in which it came. */
  public List<Intent> of(Session session, Collection<String> units) {
    return session.list(
        COLUMNS + " and unit = any(?) order by id", UnitIntents::read, session.app(), units);
  }

  /** Returns all that is to be applied, in the order in which it came. */
  public List<Intent> all(Session session) {
    return session.list(COLUMNS + " order by id", UnitIntents::read, session.app());
  }

  private static Intent read(Session.Row row) throws java.sql.SQLException {
    return new Intent(
        row.text(1),
        row.text(2),
        row.at(3),
        new Control(
            Kind.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
            row.textOrNull(5),
            row.atOrNull(6)));
  }

  /** Returns what becomes of a unit's flags when all is applied. */
  public static UnitFacts foreseen(UnitFacts facts, Collection<Intent> intents) {
    UnitFacts after = facts;
    for (Intent intent : intents) {
      after = intent.control.on(after);
    }
    return after;
  }

  /** Deletes what is applied. */
  public void delete(Session session, Collection<Intent> intents) {
    session.batch(
        "delete from sk_unit_delta where app = ? and unit = ? and id = ?",
        intents.stream()
            .map(intent -> new @Nullable Object[] {session.app(), intent.unit, intent.id})
            .toList());
  }
}
