package io.synchronik.impl.item.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.store.item.ItemStore;
import io.synchronik.run.ItemId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldItemsTest {
  private final HeldItems held = new HeldItems();

  private static ItemStore.Owned item(long set, long number, long fence) {
    return new ItemStore.Owned(new ItemId(set, number), null, 1, 0, fence, null);
  }

  @Test
  void claimsAreHeldUntilTheirEnd() {
    held.hold(List.of(item(1, 1, 7), item(1, 2, 7), item(2, 1, 7)));

    held.settled(item(1, 1, 6));
    held.settled(item(2, 1, 7));

    assertThat(held.holds(item(1, 1, 7))).isTrue();
    assertThat(held.holds(item(1, 1, 6))).isFalse();
    assertThat(held.size()).isEqualTo(2);
    assertThat(held.sets()).containsExactly(1L);
    assertThat(held.holdsOf(2)).isFalse();
  }

  /** What is held and executed by nobody would never be found. */
  @Test
  void allOfSomeAreHeldOrNone() {
    held.hold(List.of(item(1, 1, 7)));
    ItemStore.Owned broken = new ItemStore.Owned(null, null, 1, 0, 8, null);

    assertThatThrownBy(() -> held.hold(List.of(item(1, 2, 8), item(2, 2, 8), broken)))
        .isInstanceOf(NullPointerException.class);

    assertThat(held.size()).isEqualTo(1);
    assertThat(held.holds(item(1, 1, 7))).isTrue();
    assertThat(held.sets()).containsExactly(1L);
  }
}
