package io.synchronik.impl.store.unit;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.unit.UnitIntents.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code sk_unit}: units of which the same is to be set. */
public final class UnitPicks {
  /**
   * Which units are meant.
   *
   * @param set what is to be set of them: only those are meant that this changes
   * @param ids only these, empty for all
   * @param kind only those of this kind, null for all
   * @param statuses only those that show one of these, empty for all
   * @param text only those that mention it in any case, null for all
   * @param now when a pause may be over
   */
  public record Meant(
      Kind set,
      Collection<String> ids,
      @Nullable String kind,
      Collection<String> statuses,
      @Nullable String text,
      Instant now) {}

  private static final String PAUSED =
      "(paused_by is not null and (paused_until is null or paused_until > ?))";

  /** The status that a unit shows at a time. */
  static final String SHOWN =
      "case when active_runs = 0 and " + PAUSED + " then 'paused' else status end";

  private record Query(StringBuilder sql, List<Object> values) {
    void and(String condition, Object... with) {
      sql.append(" and ").append(condition);
      values.addAll(List.of(with));
    }
  }

  private static Query query(String what, Session session, Meant meant) {
    Query query =
        new Query(
            new StringBuilder("select " + what + " from sk_unit where app = ? and not releasing"),
            new ArrayList<>(List.of(session.app())));
    switch (meant.set) {
      case PAUSE -> query.and("not " + PAUSED, meant.now);
      case RESUME -> query.and("paused_by is not null");
      case ENABLE -> query.and("not enabled");
      case DISABLE -> query.and("enabled");
    }
    if (!meant.ids.isEmpty()) {
      query.and("id = any(?)", meant.ids);
    }
    if (meant.kind != null) {
      query.and("kind = ?", meant.kind);
    }
    if (!meant.statuses.isEmpty()) {
      query.and(SHOWN + " = any(?)", meant.now, meant.statuses);
    }
    if (meant.text != null) {
      String pattern = "%" + escaped(meant.text.toLowerCase(Locale.ROOT)) + "%";
      query.and(
          "(lower(id) like ? escape '!' or lower(name) like ? escape '!'"
              + " or lower(description) like ? escape '!')",
          pattern,
          pattern,
          pattern);
    }
    return query;
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** Returns how many there are. */
  public long count(Session session, Meant meant) {
    Query query = query("count(*)", session, meant);
    return session
        .first(query.sql.toString(), row -> row.big(1), query.values.toArray())
        .orElse(0L);
  }

  /** Returns the ids of the first behind an id, in their order. */
  public List<String> behind(Session session, Meant meant, String after, int limit) {
    Query query = query("id", session, meant);
    query.and("id > ? order by id limit ?", after, limit);
    return session.list(query.sql.toString(), row -> row.text(1), query.values.toArray());
  }
}
