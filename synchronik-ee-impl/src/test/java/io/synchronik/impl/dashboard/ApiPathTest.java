package io.synchronik.impl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiPathTest {
  @ApplicationPath("/api/v1/")
  static class First extends Application {}

  @ApplicationPath("other/*")
  static class Second extends Application {}

  @ApplicationPath("/")
  static class AtTheTop extends Application {}

  static class Without extends Application {}

  @Test
  void isThatOfTheApplication() {
    assertThat(ApiPath.of(Set.of(First.class))).isEqualTo("api/v1/synchronik");
    assertThat(ApiPath.of(Set.of(Second.class))).isEqualTo("other/synchronik");
    assertThat(ApiPath.of(Set.of(AtTheTop.class))).isEqualTo("synchronik");
  }

  @Test
  void isThatOfTheFirstOfSeveral() {
    assertThat(ApiPath.of(Set.of(Second.class, First.class, Without.class)))
        .isEqualTo("api/v1/synchronik");
  }

  @Test
  void isNoneWithoutAnApplication() {
    assertThat(ApiPath.of(Set.of(Without.class))).isEmpty();
    assertThat(ApiPath.of(Set.of())).isEmpty();
  }
}
