package io.synchronik.impl.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  private static List<String> lines(String contextPath, ServletRegistration... servlets) {
    return AdminPlace.lines(contextPath, List.of(servlets), AdminPlaceTest.class.getClassLoader());
  }

  @Test
  void belowThePathOfAnApplicationThatListsNothing() {
    assertThat(lines("/shop", of(Plain.class, "/api/*")))
        .containsExactly(
            "SYNC-0210 The admin resource is at /shop/api/synchronik ("
                + Plain.class.getName()
                + " lists no classes)");
  }

  @Test
  void inTheRootAndForAServletOfTheDeploymentDescriptor() {
    assertThat(lines("", of(Application.class, "/*")))
        .singleElement()
        .asString()
        .startsWith("SYNC-0210 The admin resource is at /synchronik (");
  }

  @Test
  void anApplicationIsNamedByAParameterToo() {
    Servlet servlet =
        new Servlet(
            "rest", Map.of("jakarta.ws.rs.Application", Plain.class.getName()), List.of("/rest/*"));

    assertThat(lines("/shop", servlet))
        .singleElement()
        .asString()
        .startsWith("SYNC-0210 The admin resource is at /shop/rest/synchronik (");
  }

  @Test
  void anApplicationThatListsItsClassesMayListIt() {
    assertThat(lines("/shop", of(Plain.class, "/api/*"), of(Inheriting.class, "/list/*")))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("SYNC-0210 The admin resource is at /shop/api/"))
        .anyMatch(
            line ->
                line.startsWith("SYNC-0212 The admin resource is at /shop/list/synchronik if ")
                    && line.contains("AdminClasses.all()"));
  }

  @Test
  void nowhereWithoutAnApplication() {
    Servlet page = new Servlet("page", Map.of(), List.of("/*"));

    assertThat(lines("/shop", page, of(Plain.class)))
        .singleElement()
        .asString()
        .startsWith("SYNC-0211 The application '/shop' has no admin resource")
        .contains("@ApplicationPath", "AdminClasses.all()");
  }
}
