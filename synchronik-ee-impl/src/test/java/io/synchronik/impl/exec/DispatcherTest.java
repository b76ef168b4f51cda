package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final int WORKERS = 4;

  private final List<Integer> free = new ArrayList<>();
  private final Dispatcher dispatcher = new Dispatcher(job -> {}, WORKERS, this::freed);

  private void freed() {
    free.add(dispatcher.free());
  }

  @Test
  void threadsGivenBackAreTold() {
    int left =
        dispatcher.take(
            slots -> {
              slots.take(WORKERS);
              return dispatcher.free();
            },
            none -> List.of());

    assertThat(left).isZero();
    assertThat(free).containsExactly(WORKERS);
  }

  @Test
  void nothingIsToldWhenNoneWasTaken() {
    dispatcher.take(slots -> slots, none -> List.of());

    assertThat(free).isEmpty();
  }
}
