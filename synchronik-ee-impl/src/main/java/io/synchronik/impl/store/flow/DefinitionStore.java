package io.synchronik.impl.store.flow;

import io.synchronik.impl.store.jdbc.Session;
import java.time.Instant;
import java.util.Optional;

/** {@code sk_definition}: the models of processes, and which of them runs began with. */
public final class DefinitionStore {
  /**
   * Which definition a run of a process began with.
   *
   * @param unit the process
   * @param version of its definition
   */
  public record Definition(String unit, String version) {}

  /** Returns what a run of a process began with; empty when it is none, or has not begun. */
  public Optional<Definition> definition(Session session, String run) {
    return session.first(
        "select unit, definition from sk_run where app = ? and id = ? and definition is not null",
        row -> new Definition(row.text(1), row.text(2)),
        session.app(),
        run);
  }

  /** Returns the model of a definition. */
  public Optional<String> model(Session session, String unit, String version) {
    return session.first(
        "select model from sk_definition where app = ? and unit = ? and version = ?",
        row -> row.text(1),
        session.app(),
        unit,
        version);
  }

  /** Inserts a definition that is not there yet. */
  public void define(Session session, String unit, String version, String model, Instant now) {
    session.update(
        """
        insert into sk_definition (app, unit, version, model, created_at)
        select ?, ?, ?, ?, cast(? as timestamp with time zone)
        where not exists (
          select 1 from sk_definition where app = ? and unit = ? and version = ?)
        """
            + session.dialect().orNothing(),
        session.app(),
        unit,
        version,
        model,
        now,
        session.app(),
        unit,
        version);
  }
}
