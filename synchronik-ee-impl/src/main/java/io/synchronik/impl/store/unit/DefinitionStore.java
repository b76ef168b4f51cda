package io.synchronik.impl.store.unit;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.unit.UnitKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code sk_unit}, what the code says of units, and the version of the application that said it.
 */
public final class DefinitionStore {
  /**
   * A definition as it stands.
   *
   * @param id the unit
   * @param texts as written last
   * @param version of the application that wrote them
   * @param configuration what was changed at runtime, as JSON
   * @param enabled whether schedules run it
   * @param releasing whether it is to be removed
   */
  public record Defined(
      String id,
      UnitEntity.Texts texts,
      String version,
      String configuration,
      boolean enabled,
      boolean releasing) {}

  private static final String COLUMNS =
      """
      select id, kind, name, description, implementation, version, configuration, enabled, releasing
      from sk_unit where app = ?\
      """;

  /** Returns all definitions without a lock, by id. */
  public Map<String, Defined> all(Session session) {
    return session.list(COLUMNS, DefinitionStore::read, session.app()).stream()
        .collect(Collectors.toMap(Defined::id, Function.identity()));
  }

  /** Locks a unit until the transaction ends. */
  public Optional<Defined> lock(Session session, String id) {
    return session.first(
        COLUMNS + " and id = ? for update", DefinitionStore::read, session.app(), id);
  }

  private static Defined read(Session.Row row) throws java.sql.SQLException {
    return new Defined(
        row.text(1),
        new UnitEntity.Texts(
            UnitKind.valueOf(row.text(2).toUpperCase(Locale.ROOT)),
            row.text(3),
            row.text(4),
            row.text(5)),
        row.text(6),
        row.text(7),
        row.flag(8),
        row.flag(9));
  }

  /**
   * Inserts a unit, idle and without history. Returns false when another transaction was faster:
   * its row can be locked then.
   */
  public boolean insertIfAbsent(
      Session session, String id, UnitEntity.Texts texts, String version, boolean enabled) {
    try {
      return session.update(
              """
              insert into sk_unit (app, id, kind, name, description, implementation, version,
                configuration, enabled, releasing, status, active_runs, run_count, completed_count,
                failed_count, duration_sum_ms, duration_min_ms, duration_max_ms)
              values (?, ?, ?, ?, ?, ?, ?, '{}', ?, false, 'idle', 0, 0, 0, 0, 0, 0, 0)
              """
                  + session.dialect().orNothing(),
              session.app(),
              id,
              texts.kind().name().toLowerCase(Locale.ROOT),
              texts.name(),
              texts.description(),
              texts.implementation(),
              version,
              enabled)
          == 1;
    } catch (StoreException e) {
      if (StoreException.isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Writes what the code says of a unit that this transaction has locked. */
  public void describe(Session session, String id, UnitEntity.Texts texts, String version) {
    session.update(
        """
        update sk_unit set kind = ?, name = ?, description = ?, implementation = ?, version = ?,
          releasing = false
        where app = ? and id = ?
        """,
        texts.kind().name().toLowerCase(Locale.ROOT),
        texts.name(),
        texts.description(),
        texts.implementation(),
        version,
        session.app(),
        id);
  }
}
