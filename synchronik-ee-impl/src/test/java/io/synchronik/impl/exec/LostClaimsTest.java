package io.synchronik.impl.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LostClaimsTest {
  private final Takings takings = new Takings();
  private final LostClaims<String> claims = new LostClaims<>(takings);
  private final Set<String> held = new HashSet<>();

  private List<String> lost(String... owned) {
    return claims.among(List.of(owned), held::contains);
  }

  @Test
  void whatIsHeldIsNotLost() {
    held.add("a");
    assertThat(lost("a", "b")).containsExactly("b");
  }

  @Test
  void nothingIsLostWhileItMayBeOnItsWay() {
    long taking = takings.begin();
    assertThat(lost("a")).isEmpty();
    assertThat(lost("a")).isEmpty();
    held.add("a");
    takings.end(taking);
    assertThat(lost("a")).isEmpty();
    held.clear();
    assertThat(lost("a")).containsExactly("a");
  }

  @Test
  void laterTakingsDoNotHoldUpWhatWasSeenBefore() {
    long first = takings.begin();
    assertThat(lost("a")).isEmpty();
    takings.begin();
    takings.end(first);
    assertThat(lost("a", "b")).containsExactly("a");
  }

  @Test
  void whatIsGoneIsForgotten() {
    long first = takings.begin();
    assertThat(lost("a")).isEmpty();
    assertThat(lost()).isEmpty();
    takings.begin();
    takings.end(first);
    assertThat(lost("a")).isEmpty();
  }
}
