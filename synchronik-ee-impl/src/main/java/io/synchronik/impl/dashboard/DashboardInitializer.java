package io.synchronik.impl.dashboard;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds the dashboard to each web application that has the jar, whatever its descriptor says. */
public class DashboardInitializer implements ServletContainerInitializer {
  private static final String NAME = "synchronik-dashboard";

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    FilterRegistration.Dynamic filter = context.addFilter(NAME, new DashboardFilter());
    if (filter != null) {
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.REQUEST), false, "/synchronik", "/synchronik/*");
    }
  }
}
