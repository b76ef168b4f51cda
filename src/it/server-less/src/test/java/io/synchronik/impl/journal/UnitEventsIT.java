package io.synchronik.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.UlidFactory;
import io.synchronik.impl.settings.SchemaMode;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.RunEventStore;
import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.impl.store.jdbc.StoreDatabase;
import io.synchronik.impl.store.jdbc.UlidRange;
import io.synchronik.impl.store.jpa.EventKey;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.schema.SchemaMigration;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Events of one unit are those that there are, however they came to be in the journal. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class UnitEventsIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int MOST_OPEN = 4;

  @Parameter DatabaseKind kind;
  private StoreDatabase opened;
  private TransactionManager transactions;
  private final EventStore store = new EventStore();
  private final Random random = new Random(3);
  private long millis = NOON.toEpochMilli();
  private long last;

  /** A node that writes; one of an older version marks nothing. */
  private final class Writer {
    final RunStore.Claimer claimer;
    final @Nullable MarkedUnits marked;
    final UlidFactory ids = UlidFactory.newMonotonicInstance(() -> random.nextLong(), () -> millis);

    Writer(String name, boolean marks) {
      claimer = new RunStore.Claimer(name + "-1", name);
      marked = marks ? new MarkedUnits() : null;
    }
  }

  private record Open(Writer writer, String batch, List<String> units, Transaction transaction) {}

  private final List<Writer> writers =
      List.of(new Writer("a", true), new Writer("b", true), new Writer("old", false));
  private final List<Open> open = new ArrayList<>();

  @BeforeEach
  void create() throws Exception {
    Database database = kind.create("unit_events");
    opened = new StoreDatabase(database);
    new SchemaMigration(opened.pool.dataSource(), SchemaMode.MIGRATE).apply();
    transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
  }

  @AfterEach
  void close() throws Exception {
    for (Open one : List.copyOf(open)) {
      end(one);
    }
    opened.close();
  }

  private <T> T inTransaction(Function<Session, T> work) throws Exception {
    transactions.begin();
    try {
      T result;
      try (Session session = opened.session()) {
        result = work.apply(session);
      }
      transactions.commit();
      return result;
    } finally {
      if (transactions.getTransaction() != null) {
        transactions.rollback();
      }
    }
  }

  private String unit() {
    return random.nextInt(3) == 0 ? "busy" : random.nextInt(8) == 0 ? "" : "u" + random.nextInt(9);
  }

  private void begin() throws Exception {
    Writer writer = writers.get(random.nextInt(10) == 0 ? 2 : random.nextInt(2));
    String batch = writer.ids.create().toString();
    List<String> units = new ArrayList<>();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      units.add(unit());
    }
    transactions.begin();
    try (Session session = opened.session()) {
      write(session, writer, batch, units);
    }
    open.add(new Open(writer, batch, units, transactions.suspend()));
  }

  private void write(Session session, Writer writer, String batch, List<String> units) {
    boolean[] marks = writer.marked == null ? null : writer.marked.marks(batch, units);
    List<EventStore.New> events = new ArrayList<>();
    for (int n = 0; n < units.size(); n++) {
      String type = random.nextBoolean() ? "start" : "item";
      String unit = units.get(n).isEmpty() ? null : units.get(n);
      events.add(
          new EventStore.New(
              new EventStore.Stored(
                  EventKey.id(batch, n), Instant.ofEpochMilli(millis), type, unit, run(), "{}"),
              marks != null && marks[n]));
    }
    Instant at = Instant.ofEpochMilli(millis);
    store.insert(
        session, new EventStore.Batch(batch, at, writer.claimer, units.size(), ""), events);
    if (marks == null) {
      session.update("update sk_event set marks = null where batch = ?", batch);
    }
  }

  /** Their ids begin as those of some batches do, and as none. */
  private String run() {
    return List.of(UlidRange.from(NOON), UlidRange.from(NOON.plusSeconds(1200)), "r0")
        .get(random.nextInt(3));
  }

  private void end(Open one) throws Exception {
    open.remove(one);
    transactions.resume(one.transaction);
    if (random.nextInt(4) == 0) {
      transactions.rollback();
    } else {
      transactions.commit();
      if (one.writer.marked != null) {
        one.writer.marked.committed(one.batch, one.units);
      }
    }
  }

  private void number() throws Exception {
    last += inTransaction(session -> store.number(session, last)).events();
  }

  private void step() throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> number();
      case 1 -> millis += random.nextInt(20) == 0 ? 90_000 : random.nextInt(200);
      case 2, 3, 4 -> {
        if (open.size() < MOST_OPEN) {
          begin();
        }
      }
      default -> {
        if (!open.isEmpty()) {
          end(open.get(random.nextInt(open.size())));
        }
      }
    }
  }

  /** All that is committed, read without any index of units. */
  private List<EventStore.Placed> all(Session session) {
    return session.list(
        """
        select coalesce(b.position - b.events + 1 + e.n, 0), b.incarnation, e.batch, e.n, e.at,
          e.type, e.unit, e.run
        from sk_event_batch b join sk_event e on e.app = b.app and e.batch = b.id
        """,
        row ->
            new EventStore.Placed(
                row.big(1),
                row.text(2),
                new EventStore.Stored(
                    EventKey.id(row.text(3), row.number(4)),
                    row.at(5),
                    row.text(6),
                    row.textOrNull(7),
                    row.textOrNull(8),
                    "{}")));
  }

  private static List<String> ids(List<EventStore.Placed> events) {
    return events.stream().map(placed -> placed.event().id()).toList();
  }

  private static List<String> expected(
      List<EventStore.Placed> all,
      Predicate<EventStore.Placed> which,
      Comparator<EventStore.Placed> order,
      int limit) {
    return ids(all.stream().filter(which).sorted(order).limit(limit).toList());
  }

  private static final Comparator<EventStore.Placed> BY_POSITION =
      Comparator.comparing(EventStore.Placed::position);
  private static final Comparator<EventStore.Placed> BY_PLACE =
      Comparator.comparing(placed -> Place.of(placed.event().id()));

  private static Predicate<EventStore.Placed> of(String unit) {
    return placed -> Objects.requireNonNullElse(placed.event().unit(), "").equals(unit);
  }

  private void look(Session session) {
    List<EventStore.Placed> all = all(session);
    String unit = unit();
    int limit = 1 + random.nextInt(random.nextBoolean() ? 5 : 400);
    long after = random.nextInt((int) last + 1);
    List<String> types = random.nextBoolean() ? List.of() : List.of("start");
    Predicate<EventStore.Placed> behind = of(unit).and(placed -> placed.position() > after);
    if (!unit.isEmpty()) {
      assertThat(ids(store.after(session, after, unit, types, limit)))
          .isEqualTo(
              expected(
                  all,
                  behind.and(placed -> types.isEmpty() || types.contains(placed.event().type())),
                  BY_POSITION,
                  limit));
      String run = run();
      session.update("update sk_run set unit = ? where id = 'r'", unit);
      session.update("update sk_run set id = ?", run);
      assertThat(ids(new RunEventStore().of(session, run, NOON, after, limit)))
          .isEqualTo(
              expected(
                  all, behind.and(placed -> run.equals(placed.event().run())), BY_POSITION, limit));
      session.update("update sk_run set id = 'r'");
    }
    if (!all.isEmpty()) {
      Place place = Place.of(all.get(random.nextInt(all.size())).event().id());
      String to = EventKey.batch(all.get(random.nextInt(all.size())).event().id());
      String incarnation = writers.get(random.nextInt(2)).claimer.incarnation();
      assertThat(
              ids(
                  new UntoldStore()
                      .read(session, new UntoldStore.Asked(incarnation, unit, place, to, limit))))
          .isEqualTo(
              expected(
                  all,
                  of(unit)
                      .and(placed -> placed.node().equals(incarnation))
                      .and(placed -> Place.of(placed.event().id()).compareTo(place) > 0)
                      .and(placed -> EventKey.batch(placed.event().id()).compareTo(to) <= 0),
                  BY_PLACE,
                  limit));
    }
  }

  @Test
  void areThoseThatThereAre() throws Exception {
    inTransaction(
        session ->
            session.update(
                """
                insert into sk_run (app, id, unit, state, cause, submitted_at, ended_at, attempt,
                  losses, fence, forced)
                values ('app', 'r', 'busy', 'canceled', 'manual', ?, ?, 0, 0, 0, false)
                """,
                NOON,
                NOON.plusSeconds(86_400)));
    for (int i = 0; i < 3000; i++) {
      step();
      if (i % 20 == 0) {
        inTransaction(
            session -> {
              look(session);
              return null;
            });
      }
    }
    assertThat(opened.database.number("select count(*) from sk_event where not marks"))
        .as("events that need no place in the index")
        .isGreaterThan(300);
  }

  @Test
  void manyOfOneUnitAreReadToTheEnd() throws Exception {
    Writer writer = writers.get(0);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      millis += 1000;
      String batch = writer.ids.create().toString();
      inTransaction(
          session -> {
            write(session, writer, batch, List.of("busy", "u1", "busy"));
            return null;
          });
      ids.add(EventKey.id(batch, 0));
      ids.add(EventKey.id(batch, 2));
    }
    number();

    List<String> read =
        inTransaction(session -> ids(store.after(session, 0, "busy", List.of(), 10_000)));
    assertThat(read).isEqualTo(ids);
  }
}
