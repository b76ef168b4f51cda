package io.synchronik.impl.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdminPathTest {
  static class Plain extends Application {}

  static class Listing extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      throw new IllegalStateException("is not called");
    }
  }

  static class Inheriting extends Listing {}

  private record Servlet(String name, Map<String, String> parameters, List<String> mappings)
      implements ServletRegistration {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public Collection<String> getMappings() {
      return mappings;
    }

    @Override
    public String getInitParameter(String parameter) {
      return parameters.get(parameter);
    }

    @Override
    public Map<String, String> getInitParameters() {
      return parameters;
    }

    @Override
    public String getClassName() {
      return "of.the.Server";
    }

    @Override
    public String getRunAsRole() {
      return "";
    }

    @Override
    public Set<String> addMapping(String... urlPatterns) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean setInitParameter(String parameter, String value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> setInitParameters(Map<String, String> values) {
      throw new UnsupportedOperationException();
    }
  }

  private static Servlet of(Class<?> application, String... mappings) {
    return new Servlet(application.getName(), Map.of(), List.of(mappings));
  }

  private static List<AdminPath> paths(ServletRegistration... servlets) {
    return AdminPath.of(List.of(servlets), AdminPathTest.class.getClassLoader());
  }

  @Test
  void belowThePathOfAnApplication() {
    assertThat(paths(of(Plain.class, "/api/*")))
        .containsExactly(new AdminPath("/api/synchronik", Plain.class));
  }

  @Test
  void inTheRootAndForAServletOfTheDeploymentDescriptor() {
    assertThat(paths(of(Application.class, "/*")))
        .containsExactly(new AdminPath("/synchronik", Application.class));
  }

  @Test
  void anApplicationIsNamedByAParameterToo() {
    Servlet servlet =
        new Servlet(
            "rest", Map.of("jakarta.ws.rs.Application", Plain.class.getName()), List.of("/rest/*"));

    assertThat(paths(servlet)).containsExactly(new AdminPath("/rest/synchronik", Plain.class));
  }

  @Test
  void anApplicationThatListsItsClassesMayListIt() {
    assertThat(paths(of(Plain.class, "/api/*"), of(Inheriting.class, "/list/*")))
        .containsExactly(
            new AdminPath("/list/synchronik", Inheriting.class),
            new AdminPath("/api/synchronik", Plain.class))
        .extracting(AdminPath::ofList)
        .containsExactly(true, false);
  }

  @Test
  void nowhereWithoutAnApplication() {
    assertThat(paths(new Servlet("page", Map.of(), List.of("/*")), of(Plain.class))).isEmpty();
  }
}
