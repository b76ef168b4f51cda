package io.synchronik.impl.admin.http;

import io.synchronik.impl.settings.AdminSettings;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Binds the filters to the resources of this package. They come as objects: Jersey injects no beans
 * into filters that it makes for one resource.
 */
@Provider
public class AdminFeature implements DynamicFeature {
  @Context HttpServletRequest servletRequest;
  @Context HttpServletResponse servletResponse;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (AdminResource.class.isAssignableFrom(resource.getResourceClass())) {
      CDI<Object> beans = CDI.current();
      AdminSettings settings = beans.select(AdminSettings.class).get();
      Gate gate = new Gate(servletRequest, servletResponse);
      context.register(
          new AccessFilter(gate, beans.select(Caller.class).get(), settings.readOnly()));
      context.register(new BodyFilter(settings));
    }
  }
}
