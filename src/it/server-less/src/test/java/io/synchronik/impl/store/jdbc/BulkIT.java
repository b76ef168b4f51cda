package io.synchronik.impl.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.DatabaseKind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One change for many rows, the same on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class BulkIT {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final String ODD = "{\"a\": \"b\\\\\", 'c'}, NULL,\n\t\u2026";

  private static final Bulk INSERT =
      Bulk.of(
          "insert into piece (id, n, big, at, flag, note) values (:id, :n, 7, :at, :flag, :note)",
          "id text",
          "n integer",
          "at timestamptz",
          "flag boolean",
          "note text");

  private static final Bulk RAISE =
      Bulk.of(
          """
          update piece t set n = t.n + :by, note = coalesce(:note, t.note)
          where t.id = :id and t.n = :expected
          """,
          "by integer",
          "note text",
          "id text",
          "expected integer");

  @Parameter DatabaseKind kind;
  private StoreDatabase opened;
  private Session session;

  @BeforeEach
  void create() throws SQLException {
    Database database = kind.create("bulk");
    database.execute(
        """
        create table piece (id varchar(20) primary key, n integer, big bigint,
          at timestamp with time zone, flag boolean, note varchar)
        """);
    opened = new StoreDatabase(database);
    session = opened.session();
  }

  @AfterEach
  void close() {
    session.close();
    opened.close();
  }

  @Test
  void valuesOfAllTypesArriveAsTheyAre() throws Exception {
    session.bulk(
        INSERT,
        rows(
            new @Nullable Object[] {"a", 1, NOON, true, ODD},
            new @Nullable Object[] {"b", null, null, null, null}));

    List<String> seen =
        session.list(
            "select id, n, big, at, flag, note from piece order by id",
            row ->
                row.text(1)
                    + " "
                    + row.bigOrNull(2)
                    + " "
                    + row.big(3)
                    + " "
                    + row.atOrNull(4)
                    + " "
                    + row.flag(5)
                    + " "
                    + row.textOrNull(6));
    assertThat(seen).containsExactly("a 1 7 " + NOON + " true " + ODD, "b null 7 null false null");
  }

  @Test
  void anUpdateTellsForEachRowWhetherItWasThere() throws Exception {
    session.bulk(
        INSERT,
        rows(
            new @Nullable Object[] {"a", 1, null, null, "kept"},
            new @Nullable Object[] {"b", 2, null, null, null},
            new @Nullable Object[] {"c", 3, null, null, null}));

    boolean[] met =
        session.bulk(
            RAISE,
            rows(
                new @Nullable Object[] {10, null, "c", 3},
                new @Nullable Object[] {10, null, "b", 99},
                new @Nullable Object[] {10, null, "gone", 1},
                new @Nullable Object[] {20, null, "a", 1}));

    assertThat(met).containsExactly(true, false, false, true);
    assertThat(session.list("select n, note from piece order by id", row -> row.big(1)))
        .containsExactly(21L, 2L, 13L);
  }

  @Test
  void noRowsAreNoStatement() {
    assertThat(session.bulk(RAISE, List.of())).isEmpty();
  }

  @Test
  void aWrongRowIsAnErrorOfTheStore() {
    assertThatThrownBy(
            () ->
                session.bulk(
                    INSERT,
                    rows(
                        new @Nullable Object[] {"a", 1, null, null, null},
                        new @Nullable Object[] {"a", 2, null, null, null})))
        .isInstanceOf(StoreException.class);
  }

  private static List<@Nullable Object[]> rows(@Nullable Object[]... rows) {
    return new ArrayList<>(List.of(rows));
  }
}
