package io.synchronik.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingEventsTest {
  private final PendingEvents pending = new PendingEvents();
  private final AtomicInteger last = new AtomicInteger();

  private String begin() {
    return pending.begin(() -> "b" + last.incrementAndGet());
  }

  private void announceAll(String batch) {
    pending.committed(batch, 1);
    pending.announced(batch);
  }

  @Test
  void floorIsTheLatestUpToWhichAllAreAnnounced() {
    assertThat(pending.floor()).isEmpty();
    String one = begin();
    assertThat(pending.floor()).isEmpty();
    String two = begin();
    String three = begin();

    announceAll(two);
    assertThat(pending.floor()).isEmpty();
    announceAll(one);
    assertThat(pending.floor()).isEqualTo(two);
    pending.drop(three);
    assertThat(pending.floor()).isEqualTo(three);
  }

  @Test
  void aBatchIsOpenUntilTheLastOfItsEventsIsAnnounced() {
    String one = begin();
    pending.committed(one, 3);
    pending.announced(one);
    pending.announced(one);
    assertThat(pending.floor()).isEmpty();

    pending.announced(one);
    assertThat(pending.floor()).isEqualTo(one);
  }

  @Test
  void oneThatIsOpenHoldsTheFloor() {
    announceAll(begin());
    begin();
    for (int i = 0; i < 5; i++) {
      announceAll(begin());
    }

    assertThat(pending.floor()).isEqualTo("b1");
  }

  @Test
  void somethingUnknownDoesNothing() {
    String one = begin();
    announceAll(one);
    pending.announced(one);
    pending.committed("unknown", 1);
    pending.announced("unknown");
    pending.drop("unknown");

    assertThat(pending.floor()).isEqualTo(one);
  }
}
