package io.synchronik.it.servers.app.listing;

import io.synchronik.impl.admin.AdminClasses;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Lists its classes: those of the admin resource alone. */
@ApplicationPath("listed")
public class ListingApi extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return AdminClasses.all();
  }
}
