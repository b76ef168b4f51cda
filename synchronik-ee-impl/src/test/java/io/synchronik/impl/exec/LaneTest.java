package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BlockingQueue<List<Integer>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> done = new LinkedBlockingQueue<>();
  private final Set<Integer> poison = ConcurrentHashMap.newKeySet();
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();
  private @Nullable Lane<Integer> lane;

  @AfterEach
  void close() {
    if (lane != null) {
      lane.close(PATIENCE);
    }
  }

  @Test
  void memberIsWorkedOffOnceHoweverOftenItIsOffered() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Lane<Integer> one = started(10, members -> worked(members, goOn));
    one.offer(0);
    assertThat(next(batches)).containsExactly(0);
    for (int i = 0; i < 100; i++) {
      one.offer(i % 3);
    }
    assertThat(one.standing().waiting()).isEqualTo(3);

    goOn.countDown();

    assertThat(next(batches)).containsExactly(0, 1, 2);
  }

  @Test
  void whatFailsIsPutAsideAndTheOthersGoOn() throws Exception {
    poison.add(3);
    AtomicInteger tries = new AtomicInteger();
    Lane<Integer> one =
        started(
            10,
            members -> {
              if (members.contains(3)) {
                tries.incrementAndGet();
                throw new StackOverflowError("hostile");
              }
              done.addAll(members);
              return List.of();
            });
    for (int i = 0; i < 8; i++) {
      one.offer(i);
    }

    for (int i = 0; i < 7; i++) {
      assertThat(next(done)).isNotEqualTo(3);
    }
    one.offer(9);
    assertThat(next(done)).isEqualTo(9);
    assertThat(one.standing().waiting()).isEqualTo(1);
    assertThat(tries.get()).isLessThan(20);
  }

  @Test
  void whatSomebodyHoldsIsTakenUpSoonAfterwardsAndTheOthersGoOn() throws Exception {
    held.add(3);
    Lane<Integer> one = started(10, this::unlessHeld);
    for (int i = 0; i < 8; i++) {
      one.offer(i);
    }
    for (int i = 0; i < 7; i++) {
      assertThat(next(done)).isNotEqualTo(3);
    }
    assertThat(one.isAside(3) || one.standing().waiting() <= 1).isTrue();

    held.clear();

    assertThat(next(done)).isEqualTo(3);
    assertThat(one.standing().waiting()).isZero();
  }

  @Test
  void outageIsNobodysFault() throws Exception {
    AtomicBoolean out = new AtomicBoolean(true);
    Lane<Integer> one =
        started(
            10,
            members -> {
              if (out.get()) {
                throw new IllegalStateException(new SQLTransientConnectionException("no pool"));
              }
              done.addAll(members);
              return List.of();
            });
    for (int i = 0; i < 8; i++) {
      one.offer(i);
    }
    while (one.standing().aside() < 8) {
      Thread.onSpinWait();
    }
    out.set(false);

    for (int i = 0; i < 8; i++) {
      next(done);
    }
    assertThat(one.standing().waiting()).isZero();
  }

  @Test
  void moreThanThereIsRoomForIsNotTaken() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Lane<Integer> one = started(1, members -> worked(members, goOn));
    one.offer(0);
    assertThat(next(batches)).containsExactly(0);

    for (int i = 1; i <= 100; i++) {
      assertThat(one.offer(i)).isTrue();
    }
    assertThat(one.offer(101)).isFalse();
    assertThat(one.offer(7)).isTrue();
    assertThat(one.standing().waiting()).isEqualTo(100);
    assertThat(one.standing().oldest()).isPositive();
    goOn.countDown();
  }

  @Test
  void closedLaneWorksOffWhatIsThereAndGivesUpWhatIsAside() {
    held.add(3);
    Lane<Integer> one = started(10, this::unlessHeld);
    for (int i = 0; i < 8; i++) {
      one.offer(i);
    }

    assertThat(one.close(PATIENCE)).isTrue();

    assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 4, 5, 6, 7);
  }

  @Test
  void closeInterruptsWhatTakesTooLong() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
    Lane<Integer> one =
        started(
            10,
            members -> {
              batches.add(members);
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.add("yes");
              }
              return List.of();
            });
    one.offer(1);
    next(batches);

    assertThat(one.close(Duration.ofMillis(20))).isFalse();

    assertThat(next(interrupted)).isEqualTo("yes");
  }

  private Collection<Integer> worked(List<Integer> members, CountDownLatch goOn) {
    batches.add(members);
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  private Collection<Integer> unlessHeld(List<Integer> members) {
    List<Integer> mine = members.stream().filter(member -> !held.contains(member)).toList();
    done.addAll(mine);
    return members.stream().filter(member -> !mine.contains(member)).toList();
  }

  private Lane<Integer> started(int batch, Lane.Work<Integer> work) {
    Lane<Integer> made = Lane.ofKeys("testing", batch, 100, work);
    lane = made;
    Thread thread = new Thread(made::work, "lane-test");
    thread.setDaemon(true);
    thread.start();
    return made;
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
