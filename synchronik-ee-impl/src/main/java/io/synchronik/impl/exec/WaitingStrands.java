package io.synchronik.impl.exec;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Strands that wait for a turn, or to be ready again after a turn that failed. */
final class WaitingStrands {
  private final Deque<Strand> ready = new ArrayDeque<>();
  private final Set<Strand> failing = new HashSet<>();

  void add(Strand strand) {
    failing.remove(strand);
    ready.add(strand);
  }

  void addFailing(Strand strand) {
    failing.add(strand);
  }

  void forgetFailing() {
    failing.clear();
  }

  @Nullable Strand poll() {
    return ready.poll();
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  int size() {
    return ready.size();
  }

  /** Returns how all strands stand together. */
  Lane.Standing standing(String name, Collection<StrandThread> threads) {
    long now = System.nanoTime();
    LongStream waiting =
        Stream.concat(ready.stream(), failing.stream()).mapToLong(one -> now - one.sinceNanos());
    LongStream inTurn =
        threads.stream().mapToLong(one -> TimeUnit.MILLISECONDS.toNanos(one.millis()));
    return new Lane.Standing(
        name,
        ready.size() + failing.size(),
        failing.size(),
        (int) threads.stream().filter(StrandThread::isBusy).count(),
        Duration.ofNanos(LongStream.concat(waiting, inTurn).max().orElse(0)));
  }
}
