package io.synchronik.impl.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnitTurnsTest {
  private final UnitTurns turns = new UnitTurns(TimeUnit.HOURS.toMillis(1));
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @Test
  void whoComesLaterWaitsForTheEndInTheOrderOfComing() throws Exception {
    turns.await("first", Set.of("a", "b"));
    Thread second = waiting("second", "b", "c");
    Thread third = waiting("third", "c");
    told.add("first ends");

    turns.over("first");
    second.join();
    told.add("second ends");
    turns.over("second");
    third.join();

    assertThat(told).containsExactly("first ends", "second", "second ends", "third");
  }

  @Test
  void nobodyWaitsForOtherUnitsNorForHimself() {
    turns.await("first", Set.of("a"));

    turns.await("second", Set.of("b"));
    turns.await("first", Set.of("a", "c"));
  }

  @Test
  void unitsThatAreNotHeldAreLeftToOthers() throws Exception {
    UnitTurns.Turn first = turns.await("first", Set.of("a", "b"));
    Thread second = waiting("second", "b");

    turns.keep(first, List.of("a"));
    second.join();

    assertThat(told).containsExactly("second");
  }

  @Test
  void nobodyWaitsForLong() {
    UnitTurns brief = new UnitTurns(1);
    brief.await("first", Set.of("a"));

    brief.await("second", Set.of("a"));
    brief.await("third", Set.of("a"));
  }

  private Thread waiting(String owner, String... units) {
    Thread thread =
        new Thread(
            () -> {
              turns.await(owner, Set.of(units));
              told.add(owner);
            });
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }
}
