package io.synchronik.impl.admin.http;

import io.synchronik.impl.settings.AdminSettings;
import io.synchronik.impl.settings.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the settings of the admin resource once. */
@ApplicationScoped
class AdminConfiguration {
  @Produces
  @Singleton
  AdminSettings settings() {
    return AdminSettings.read(Configuration.present());
  }
}
