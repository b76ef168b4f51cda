package io.synchronik.impl.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.admin.http.AdminPath;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdminPlaceTest {
  static class Plain extends Application {}

  static class Listing extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      throw new IllegalStateException("is not called");
    }
  }

  @Test
  void eachPlaceHasALine() {
    assertThat(
            AdminPlace.lines(
                "/shop",
                List.of(
                    new AdminPath("/api/synchronik", Plain.class),
                    new AdminPath("/list/synchronik", Listing.class))))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "SYNC-0210 The admin resource is at /shop/api/synchronik ("
                            + Plain.class.getName()
                            + " lists no classes)"),
            line ->
                assertThat(line)
                    .startsWith("SYNC-0212 The admin resource is at /shop/list/synchronik if ")
                    .contains("AdminClasses.all()"));
  }

  @Test
  void thereIsALineWhenItIsNowhere() {
    assertThat(AdminPlace.lines("/shop", List.of()))
        .singleElement()
        .asString()
        .startsWith("SYNC-0211 The application '/shop' has no admin resource")
        .contains("@ApplicationPath", "AdminClasses.all()");
    assertThat(AdminPlace.lines("", List.of()).get(0)).contains("'/'");
  }
}
