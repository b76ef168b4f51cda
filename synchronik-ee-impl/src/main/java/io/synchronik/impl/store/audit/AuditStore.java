package io.synchronik.impl.store.audit;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Asking.Asker;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.monitor.AuditEntry;
import io.synchronik.monitor.AuditQuery;
import io.synchronik.run.Page;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_audit}: what people did. Rows are inserted and never changed. */
public final class AuditStore {
  private static final int LONGEST_ADDRESS = 60;
  private static final int LONGEST_CHANGE = 4000;

  /** Writes down what somebody did. */
  public void insert(Session session, String id, Instant at, Asker asker, Act act) {
    session.update(
        """
        insert into sk_audit (app, id, at, by_name, from_address, action, kind, target, before, after,
          reason)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        session.app(),
        id,
        at,
        cut(asker.name(), Texts.WHO),
        cut(asker.address(), LONGEST_ADDRESS),
        act.action().text(),
        act.kind().text(),
        Texts.told(act.target(), Texts.WHO),
        cut(act.before(), LONGEST_CHANGE),
        cut(act.after(), LONGEST_CHANGE),
        cut(asker.reason(), AuditEntry.LONGEST_REASON));
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null ? null : Texts.told(text, most);
  }

  /** Lists what was done, newest first. */
  public Page<AuditEntry> list(Session session, AuditQuery query) {
    StringBuilder sql =
        new StringBuilder(
            """
            select id, at, by_name, from_address, action, kind, target, before, after, reason
            from sk_audit where app = ?
            """);
    List<@Nullable Object> values = new ArrayList<>(List.of(session.app()));
    only(" and target = ?", query.target(), sql, values);
    only(" and by_name = ?", query.by(), sql, values);
    only(" and action = ?", query.action(), sql, values);
    only(" and id < ?", query.before(), sql, values);
    sql.append(" order by id desc limit ?");
    values.add(query.limit() + 1);
    List<AuditEntry> found = session.list(sql.toString(), AuditStore::read, values.toArray());
    boolean more = found.size() > query.limit();
    List<AuditEntry> entries = more ? found.subList(0, query.limit()) : found;
    return new Page<>(entries, more ? entries.get(entries.size() - 1).id() : null);
  }

  private static void only(
      String condition, @Nullable String value, StringBuilder sql, List<@Nullable Object> values) {
    if (value != null) {
      sql.append(condition);
      values.add(value);
    }
  }

  private static AuditEntry read(Session.Row row) throws SQLException {
    return new AuditEntry(
        row.text(1),
        row.at(2),
        new AuditEntry.Who(row.textOrNull(3), row.textOrNull(4)),
        new AuditEntry.What(
            row.text(5), row.text(6), row.text(7), row.textOrNull(8), row.textOrNull(9)),
        row.textOrNull(10));
  }

  /** Removes some of what was done before a time; returns how many, at most so. */
  public int removeBefore(Session session, Instant time, int limit) {
    List<String> old =
        session.list(
            "select id from sk_audit where app = ? and id < ? order by id limit ?",
            row -> row.text(1),
            session.app(),
            UlidRange.from(time),
            limit);
    return old.isEmpty()
        ? 0
        : session.update("delete from sk_audit where app = ? and id = any(?)", session.app(), old);
  }
}
