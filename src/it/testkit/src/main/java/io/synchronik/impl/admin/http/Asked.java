package io.synchronik.impl.admin.http;

import io.synchronik.SynchronikManager;
import io.synchronik.impl.settings.AdminSettings;
import java.time.Duration;

/** Resources as the container leaves them in a request that was let in. */
public final class Asked {
  private Asked() {}

  public static <R extends AdminResource> R byAdmin(SynchronikManager manager, R resource) {
    return by(Admission.ADMIN, manager, resource);
  }

  public static <R extends AdminResource> R byViewer(SynchronikManager manager, R resource) {
    return by(Admission.VIEWER, manager, resource);
  }

  @SuppressWarnings("UnnecessaryAssignment") // no container injects into resources here
  private static <R extends AdminResource> R by(
      Admission admission, SynchronikManager manager, R resource) {
    resource.manager = manager;
    resource.caller = new Caller();
    resource.caller.settings =
        new AdminSettings(
            false, false, 65_536, "", new AdminSettings.Streams(1, 1, Duration.ofSeconds(15)));
    resource.caller.admit(admission, "kari");
    return resource;
  }
}
