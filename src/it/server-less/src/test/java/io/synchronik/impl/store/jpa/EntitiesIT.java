package io.synchronik.impl.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.EventType;
import io.synchronik.impl.settings.SchemaMode;
import io.synchronik.impl.store.jdbc.StoreDatabase;
import io.synchronik.impl.store.schema.SchemaMigration;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.run.Cause;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import jakarta.persistence.Column;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.metamodel.EntityType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class EntitiesIT {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

  @Parameter DatabaseKind kind;
  private StoreDatabase opened;

  @BeforeEach
  void create() throws SQLException {
    opened = new StoreDatabase(kind.create("entities"));
    new SchemaMigration(opened.pool.dataSource(), SchemaMode.MIGRATE).apply();
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void everyEntityIsWrittenAndFound() throws Exception {
    store(
        em -> {
          em.persist(unit("u"));
          em.persist(schedule("u", 0, NOON));
          em.persist(run("r", RunState.READY));
          em.persist(batch("b"));
          em.persist(event("b", 3));
          em.persist(node("n"));
          return null;
        });
    store(
        em -> {
          UnitEntity unit = em.find(UnitEntity.class, new AppKey("app", "u"));
          assertThat(unit.kind).isEqualTo(UnitKind.WORKER);
          assertThat(unit.status).isEqualTo(UnitStatus.IDLE);
          assertThat(unit.enabled).isTrue();
          assertThat(unit.pausedBy).isNull();
          assertThat(unit.lastStartedAt).isNull();
          assertThat(unit.configuration).hasSize(100_000);
          ScheduleEntity schedule = em.find(ScheduleEntity.class, new ScheduleKey("app", "u", 0));
          assertThat(schedule.nextDue).isEqualTo(NOON);
          assertThat(schedule.lastDue).isNull();
          RunEntity run = em.find(RunEntity.class, new AppKey("app", "r"));
          assertThat(run.state).isEqualTo(RunState.READY);
          assertThat(run.cause).isEqualTo(Cause.MANUAL);
          assertThat(run.scheduleN).isNull();
          assertThat(run.progressDone).isNull();
          assertThat(run.submittedAt).isEqualTo(NOON);
          assertThat(run.dueAt).isNull();
          assertThat(em.find(EventEntity.class, new EventKey("app", "b", 3)).type)
              .isEqualTo(EventType.MILESTONE);
          assertThat(em.find(EventBatchEntity.class, new AppKey("app", "b")).position).isNull();
          assertThat(em.find(NodeEntity.class, new AppKey("app", "n")).leaseUntil)
              .isEqualTo(NOON.plusSeconds(30));
          return null;
        });
  }

  @Test
  void everyColumnIsMapped() throws Exception {
    for (EntityType<?> entity : opened.factory.getMetamodel().getEntities()) {
      Class<?> type = entity.getJavaType();
      assertThat(
              Arrays.stream(type.getDeclaredFields())
                  .filter(field -> !Modifier.isStatic(field.getModifiers()))
                  .map(EntitiesIT::column))
          .containsExactlyInAnyOrderElementsOf(columns(type.getAnnotation(Table.class).name()));
    }
    assertThat(opened.factory.getMetamodel().getEntities()).hasSize(6);
  }

  private static String column(Field field) {
    Column column = field.getAnnotation(Column.class);
    return column == null ? field.getName() : column.name();
  }

  private List<String> columns(String table) throws SQLException {
    return opened
        .database
        .rows(
            "select lower(column_name) from information_schema.columns"
                + " where lower(table_name) = ?",
            table)
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  @Test
  void nullsComeAndGo() throws Exception {
    store(em -> persisted(em, run("r", RunState.READY)));
    store(
        em -> {
          RunEntity run = em.find(RunEntity.class, new AppKey("app", "r"));
          run.state = RunState.RUNNING;
          run.owner = "node";
          run.startedAt = NOON;
          run.progressTotal = 7L;
          run.scheduleN = 1;
          return null;
        });
    store(
        em -> {
          RunEntity run = em.find(RunEntity.class, new AppKey("app", "r"));
          assertThat(run.startedAt).isEqualTo(NOON);
          assertThat(run.progressTotal).isEqualTo(7);
          run.state = RunState.WAITING;
          run.owner = null;
          run.startedAt = null;
          run.progressTotal = null;
          run.scheduleN = null;
          return null;
        });
    assertThat(
            count(
                "select count(*) from sk_run where state = 'waiting' and started_at is null"
                    + " and owner is null and progress_total is null and schedule_n is null"))
        .isOne();
  }

  @Test
  void queriesCompareInstantsAndEnums() throws Exception {
    store(
        em -> {
          em.persist(unit("u"));
          em.persist(unit("v"));
          em.persist(schedule("u", 0, NOON));
          em.persist(schedule("u", 1, NOON.plusMillis(1)));
          em.persist(schedule("v", 0, null));
          em.persist(run("r", RunState.READY));
          em.persist(run("s", RunState.SUBMITTED));
          return null;
        });
    store(
        em -> {
          assertThat(
                  em.createQuery(
                          "select s from ScheduleEntity s where s.app = :app and s.nextDue <= :now"
                              + " order by s.nextDue",
                          ScheduleEntity.class)
                      .setParameter("app", "app")
                      .setParameter("now", NOON)
                      .getResultList())
              .extracting(s -> s.n)
              .containsExactly(0);
          assertThat(
                  em.createQuery(
                          "select r.id from RunEntity r where r.app = :app and r.state = :state",
                          String.class)
                      .setParameter("app", "app")
                      .setParameter("state", RunState.READY)
                      .getResultList())
              .containsExactly("r");
          assertThat(
                  em.createQuery(
                          "select r from RunEntity r where r.app = :app and r.id in :ids"
                              + " and r.state in :states order by r.id desc",
                          RunEntity.class)
                      .setParameter("app", "app")
                      .setParameter("ids", List.of("r", "s", "t"))
                      .setParameter("states", Set.of(RunState.READY, RunState.SUBMITTED))
                      .setMaxResults(2)
                      .getResultStream()
                      .map(r -> r.id))
              .containsExactly("s", "r");
          assertThat(
                  em.createQuery(
                          "update UnitEntity u set u.lastStartedAt = :now, u.status = :status,"
                              + " u.runCount = u.runCount + 1 where u.app = :app and u.id = :id")
                      .setParameter("now", NOON)
                      .setParameter("status", UnitStatus.RUNNING)
                      .setParameter("app", "app")
                      .setParameter("id", "u")
                      .executeUpdate())
              .isOne();
          UnitEntity unit =
              em.find(UnitEntity.class, new AppKey("app", "u"), LockModeType.PESSIMISTIC_WRITE);
          assertThat(unit.lastStartedAt).isEqualTo(NOON);
          assertThat(unit.runCount).isOne();
          return null;
        });
  }

  @Test
  void aRollbackTakesEntitiesAndSqlBack() throws Exception {
    opened.pool.transactions().begin();
    EntityManager em = opened.factory.createEntityManager();
    em.persist(unit("u"));
    em.flush();
    assertThat(count("select count(*) from sk_unit")).isOne();
    update("update sk_unit set name = 'by SQL'");
    em.refresh(em.find(UnitEntity.class, new AppKey("app", "u")));
    assertThat(em.find(UnitEntity.class, new AppKey("app", "u")).name).isEqualTo("by SQL");
    opened.pool.transactions().rollback();
    em.close();
    assertThat(count("select count(*) from sk_unit")).isZero();
  }

  @Test
  void anEntityManagerClosedBeforeTheCommitIsStillFlushed() throws Exception {
    opened.pool.inTransaction(
        () -> {
          EntityManager em = opened.factory.createEntityManager();
          em.persist(unit("u"));
          em.close();
          return null;
        });
    assertThat(count("select count(*) from sk_unit")).isOne();
  }

  @Test
  void whatSqlChangedIsNeverReadStale() throws Exception {
    store(em -> persisted(em, unit("u")));
    update("update sk_unit set name = 'by SQL'");
    String name = store(em -> em.find(UnitEntity.class, new AppKey("app", "u")).name);
    assertThat(name).isEqualTo("by SQL");
  }

  /** 00:30 and 01:30 UTC are both 02:30 in Berlin on that night. */
  @Test
  void timesDoNotDependOnTheZoneOfTheJvm() throws Exception {
    Instant before = Instant.parse("2026-10-25T00:30:00.001Z");
    Instant after = Instant.parse("2026-10-25T01:30:00.002Z");
    TimeZone original = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      store(
          em -> {
            em.persist(schedule("u", 0, before));
            em.persist(schedule("u", 1, after));
            return null;
          });
      assertThat(due(0)).isEqualTo(before);
      assertThat(due(1)).isEqualTo(after);
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      assertThat(due(0)).isEqualTo(before);
      assertThat(due(1)).isEqualTo(after);
      assertThat(
              count(
                  "select count(*) from sk_schedule where next_due"
                      + " = timestamp with time zone '2026-10-25 00:30:00.001+00'"))
          .isOne();
      assertThat(
              count(
                  "select count(*) from sk_schedule where next_due"
                      + " = timestamp with time zone '2026-10-25 01:30:00.002+00'"))
          .isOne();
    } finally {
      TimeZone.setDefault(original);
    }
  }

  private Instant due(int n) throws Exception {
    return store(em -> em.find(ScheduleEntity.class, new ScheduleKey("app", "u", n)).nextDue);
  }

  private <T> T store(Function<EntityManager, T> work) throws Exception {
    return opened.pool.inTransaction(
        () -> {
          EntityManager em = opened.factory.createEntityManager();
          try {
            T result = work.apply(em);
            em.flush();
            return result;
          } finally {
            em.close();
          }
        });
  }

  private static <T> T persisted(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = opened.pool.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = opened.pool.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static UnitEntity unit(String id) {
    UnitEntity unit = new UnitEntity();
    unit.app = "app";
    unit.id = id;
    unit.kind = UnitKind.WORKER;
    unit.name = id;
    unit.description = "";
    unit.implementation = "com.acme.Purge";
    unit.configuration = "x".repeat(100_000);
    unit.enabled = true;
    unit.status = UnitStatus.IDLE;
    return unit;
  }

  private static ScheduleEntity schedule(String unit, int n, Instant due) {
    ScheduleEntity schedule = new ScheduleEntity();
    schedule.app = "app";
    schedule.unit = unit;
    schedule.n = n;
    schedule.expression = "every 1s";
    schedule.nextDue = due;
    return schedule;
  }

  private static RunEntity run(String id, RunState state) {
    RunEntity run = new RunEntity();
    run.app = "app";
    run.id = id;
    run.unit = "u";
    run.state = state;
    run.cause = Cause.MANUAL;
    run.submittedAt = NOON;
    return run;
  }

  private static EventBatchEntity batch(String id) {
    EventBatchEntity batch = new EventBatchEntity();
    batch.app = "app";
    batch.id = id;
    batch.at = NOON;
    batch.node = "n";
    batch.incarnation = "i";
    batch.events = 7;
    return batch;
  }

  private static EventEntity event(String batch, int n) {
    EventEntity event = new EventEntity();
    event.app = "app";
    event.batch = batch;
    event.n = n;
    event.at = NOON;
    event.type = EventType.MILESTONE;
    event.data = "{}";
    return event;
  }

  private static NodeEntity node(String id) {
    NodeEntity node = new NodeEntity();
    node.app = "app";
    node.id = id;
    node.name = "n";
    node.version = "";
    node.workers = 16;
    node.startedAt = NOON;
    node.heartbeatAt = NOON;
    node.leaseUntil = NOON.plusSeconds(30);
    node.announcedTo = "";
    return node;
  }
}
