package io.synchronik.impl.tell;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.UlidCreator;
import io.synchronik.event.EventOrigin;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitStarted;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.store.event.Place;
import io.synchronik.impl.store.event.UntoldStore;
import io.synchronik.impl.store.jpa.EventKey;
import io.synchronik.run.Cause;
import io.synchronik.run.RunId;
import io.synchronik.unit.UnitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random programs of transactions and readers: nothing is lost, nothing comes twice. */
class UntoldTest {
  private static final String ME = "me";
  private static final int STEPS = 3000;
  private static final int ROOM = 5;
  private static final int OPEN = 20;
  private static final long EVENT = 700;

  private final Strands strands = new Strands(Runnable::run, "test");
  private final Set<Backlog> backlogs = new LinkedHashSet<>();
  private final Untold untold =
      new Untold(
          backlog -> {
            backlogs.add(backlog);
            return strands.strand("test", () -> false);
          },
          event -> false,
          new MemoryBudget(ROOM * EVENT, 3 * ROOM * EVENT));

  /** What has been committed, as others see it. */
  private final TreeMap<Place, SynchronikEvent> journal = new TreeMap<>();

  private final Map<String, List<SynchronikEvent>> open = new LinkedHashMap<>();
  private final Map<String, List<SynchronikEvent>> committed = new LinkedHashMap<>();
  private final Map<Backlog, Page> asked = new HashMap<>();
  private final Map<Backlog, List<Found>> found = new HashMap<>();
  private final Set<SynchronikEvent> told = new HashSet<>();

  @RepeatedTest(30)
  void nothingIsLostAndNothingComesTwice(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < STEPS; i++) {
      step(random);
      if (i % 10 == 0) {
        assertAllIsCovered(untold.standing(ME, random.nextBoolean()));
      }
      assertThat(untold.inMemory()).isLessThan((4 * ROOM + 8 * OPEN) * EVENT);
    }
    while (!open.isEmpty()) {
      commit(random);
    }
    while (!committed.isEmpty()) {
      follow(random);
    }
    for (int i = 0; i < 100 * STEPS && !backlogs.isEmpty(); i++) {
      read(random);
    }

    assertThat(told).containsExactlyInAnyOrderElementsOf(journal.values());
    Standing standing = untold.standing(ME, true);
    assertThat(standing.left()).isEmpty();
    assertThat(standing.to()).isGreaterThanOrEqualTo(journal.lastKey().batch());
    assertThat(untold.inMemory()).isZero();
  }

  private void step(Random random) {
    int kind = random.nextInt(100);
    if (kind < 20) {
      begin(random);
    } else if (kind < 40) {
      commit(random);
    } else if (kind < 60) {
      follow(random);
    } else {
      read(random);
    }
  }

  private void begin(Random random) {
    if (open.size() > OPEN) {
      return;
    }
    String batch = untold.begin(() -> UlidCreator.getMonotonicUlid().toString());
    List<SynchronikEvent> events = new ArrayList<>();
    int unit = random.nextInt(3);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      events.add(event(batch, i, random.nextInt(4) == 0 ? "other" : "unit" + unit));
    }
    open.put(batch, events);
  }

  private static SynchronikEvent event(String batch, int n, String unit) {
    EventOrigin origin =
        new EventOrigin(
            EventKey.id(batch, n), Instant.EPOCH, "node", new UnitId(unit), new RunId("run"));
    return new UnitStarted(origin, Cause.MANUAL);
  }

  /** The first are likely to stay for long. */
  private static String any(Map<String, ?> batches, Random random) {
    List<String> all = new ArrayList<>(batches.keySet());
    return all.get(Math.max(random.nextInt(all.size()), random.nextInt(all.size())));
  }

  private void commit(Random random) {
    if (!open.isEmpty()) {
      String batch = any(open, random);
      List<SynchronikEvent> events = open.remove(batch);
      if (random.nextInt(10) == 0) {
        untold.dropped(batch);
      } else {
        events.forEach(event -> journal.put(Place.of(event.eventId()), event));
        committed.put(batch, events);
      }
    }
  }

  private void follow(Random random) {
    if (!committed.isEmpty()) {
      String batch = any(committed, random);
      untold.committed(batch, committed.remove(batch));
    }
  }

  private void read(Random random) {
    if (backlogs.isEmpty()) {
      return;
    }
    List<Backlog> all = new ArrayList<>(backlogs);
    Backlog backlog = all.get(random.nextInt(all.size()));
    Page page = asked.get(backlog);
    if (page == null) {
      next(backlog);
    } else if (found.containsKey(backlog)) {
      asked.remove(backlog);
      untold.read(backlog, page, found.remove(backlog));
    } else if (random.nextInt(10) == 0) {
      asked.remove(backlog);
      untold.read(backlog, page, null);
    } else {
      found.put(backlog, look(backlog, page));
    }
  }

  private List<Found> look(Backlog backlog, Page page) {
    return journal.tailMap(page.after(), false).entrySet().stream()
        .filter(entry -> entry.getKey().batch().compareTo(page.to()) <= 0)
        .filter(entry -> unit(entry.getValue()).equals(backlog.key().unit()))
        .limit(Page.LIMIT)
        .map(entry -> new Found(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void next(Backlog backlog) {
    Untold.Next next = untold.next(backlog);
    if (next.page() != null) {
      asked.put(backlog, next.page());
    } else if (next.event() != null) {
      assertThat(told.add(next.event())).as("told once").isTrue();
      untold.told(backlog, next.event());
    } else {
      backlogs.remove(backlog);
    }
  }

  private static String unit(SynchronikEvent event) {
    return event.origin().unit().value();
  }

  /** Who goes on where a node has ended finds all that it has not told. */
  private void assertAllIsCovered(Standing standing) {
    Map<String, Place> left = new HashMap<>();
    for (UntoldStore.Rest rest : standing.left()) {
      left.put(rest.kind().unit(), rest.told());
    }
    journal.forEach(
        (place, event) -> {
          if (!told.contains(event)) {
            Place from = left.getOrDefault(unit(event), Place.behind(standing.to()));
            assertThat(place).isGreaterThan(from);
          }
        });
  }

  @Test
  void theIdJustBefore() {
    assertThat(Standing.justBefore("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
        .isEqualTo("01ARZ3NDEKTSV4RRFFQ69G5FAT");
    assertThat(Standing.justBefore("01ARZ3NDEKTSV4R00000000000"))
        .isEqualTo("01ARZ3NDEKTSV4QZZZZZZZZZZZ");
  }
}
