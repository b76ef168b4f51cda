package io.synchronik.impl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingEventsTest {
  private final PendingEvents pending = new PendingEvents();
  private final AtomicInteger last = new AtomicInteger();

  private String begin() {
    return pending.begin(() -> "e" + last.incrementAndGet());
  }

  @Test
  void floorIsTheLatestUpToWhichAllAreAnnounced() {
    assertThat(pending.floor()).isEmpty();
    String one = begin();
    assertThat(pending.floor()).isEmpty();
    String two = begin();
    String three = begin();

    pending.end(two);
    assertThat(pending.floor()).isEmpty();
    pending.end(one);
    assertThat(pending.floor()).isEqualTo(two);
    pending.end(three);
    assertThat(pending.floor()).isEqualTo(three);
  }

  @Test
  void oneThatIsOpenHoldsTheFloor() {
    pending.end(begin());
    begin();
    for (int i = 0; i < 5; i++) {
      pending.end(begin());
    }

    assertThat(pending.floor()).isEqualTo("e1");
  }

  @Test
  void endingTwiceOrSomethingUnknownDoesNothing() {
    String one = begin();
    pending.end(one);
    pending.end(one);
    pending.end("unknown");

    assertThat(pending.floor()).isEqualTo(one);
  }
}
