package io.synchronik.impl.store.event;

import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.impl.store.jpa.EventKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the journal has of one unit. The first event that a node writes of a unit in a moment marks
 * that there are some; where they are is found by marks, so that most events need no place in an
 * index by units, and what they are by the key, which goes by time.
 */
final class UnitEvents {
  /** So many marks are looked at together. */
  private static final int MARKS = 100;

  /**
   * Asks for events.
   *
   * @param unit that they are about; null for those of none
   * @param from ids of batches
   * @param to ids of batches
   * @param condition what else holds of them, of {@code e} and their batch {@code b}
   * @param values of the condition
   * @param byPosition whether the first by position are wanted; else the first by id
   * @param limit so many at most
   */
  record Asked(
      @Nullable String unit,
      String from,
      String to,
      String condition,
      List<?> values,
      boolean byPosition,
      int limit) {}

  /** Moments that follow one another. */
  private record Span(String from, String to) {}

  private UnitEvents() {}

  /** Reads events in the order that is asked for. */
  static List<EventStore.Placed> read(Session session, Asked asked) {
    List<EventStore.Placed> found = new ArrayList<>();
    String from = asked.from;
    while (from.compareTo(asked.to) <= 0) {
      List<String> marks = marks(session, asked, from);
      for (Span span : spans(marks)) {
        int left = asked.byPosition ? asked.limit : asked.limit - found.size();
        found.addAll(in(session, asked, span, left));
        if (asked.byPosition) {
          first(found, asked.limit);
        } else if (found.size() >= asked.limit) {
          return found;
        }
      }
      if (marks.size() < MARKS) {
        return found;
      }
      from = UlidRange.momentTo(marks.get(marks.size() - 1)) + UlidRange.END;
    }
    return found;
  }

  /** Where a moment is marked says nothing of where in it its events are. */
  private static List<String> marks(Session session, Asked asked, String from) {
    return session.list(
        "select e.batch from sk_event e where e.app = ? and "
            + of(asked)
            + " and e.batch >= ? and e.batch <= ? and e.marks is not false"
            + " order by e.batch limit ?",
        row -> row.text(1),
        values(
            session,
            asked,
            List.of(UlidRange.momentFrom(from), UlidRange.momentTo(asked.to), MARKS)));
  }

  private static List<Span> spans(List<String> marks) {
    List<Span> spans = new ArrayList<>();
    String first = null;
    String last = "";
    for (String mark : marks) {
      long moment = UlidRange.moment(mark);
      boolean follows = mark.equals(last) || (moment >= 0 && moment - UlidRange.moment(last) <= 1);
      if (first == null) {
        first = mark;
      } else if (!follows) {
        spans.add(new Span(UlidRange.momentFrom(first), UlidRange.momentTo(last)));
        first = mark;
      }
      last = mark;
    }
    if (first != null) {
      spans.add(new Span(UlidRange.momentFrom(first), UlidRange.momentTo(last)));
    }
    return spans;
  }

  private static List<EventStore.Placed> in(Session session, Asked asked, Span span, int limit) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(span.from.compareTo(asked.from) < 0 ? asked.from : span.from);
    values.add(span.to.compareTo(asked.to) > 0 ? asked.to : span.to);
    values.addAll(asked.values);
    values.add(limit);
    return session.list(
        EventStore.COLUMNS
            + " from sk_event e join sk_event_batch b on b.app = e.app and b.id = e.batch"
            + " where e.app = ? and "
            + of(asked)
            + " and e.batch >= ? and e.batch <= ?"
            + asked.condition
            + " order by "
            + (asked.byPosition ? "b.position, e.n" : "e.batch, e.n")
            + " limit ?",
        EventStore::read,
        values(session, asked, values));
  }

  private static String of(Asked asked) {
    return asked.unit == null ? "e.unit is null" : "e.unit = ?";
  }

  private static @Nullable Object[] values(
      Session session, Asked asked, List<? extends @Nullable Object> rest) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(session.app());
    if (asked.unit != null) {
      values.add(asked.unit);
    }
    values.addAll(rest);
    return values.toArray();
  }

  private static void first(List<EventStore.Placed> found, int limit) {
    found.sort(
        Comparator.comparing(EventStore.Placed::position)
            .thenComparing(placed -> EventKey.n(placed.event().id())));
    if (found.size() > limit) {
      found.subList(limit, found.size()).clear();
    }
  }
}
