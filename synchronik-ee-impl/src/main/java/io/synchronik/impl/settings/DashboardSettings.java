package io.synchronik.impl.settings;

import io.synchronik.run.SynchronikException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the dashboard.
 *
 * @param on {@code synchronik.dashboard}: {@code on} (default) or {@code off}: whether the
 *     application serves the page
 * @param api {@code synchronik.dashboard.api}: where the admin resource is, as a path below the
 *     application's own, without slashes at its ends; empty (default) for the path of the
 *     application's {@code @ApplicationPath} and {@code /synchronik}
 */
public record DashboardSettings(boolean on, String api) {
  private static final Pattern PATH = Pattern.compile("/?[\\w.~-]+(/[\\w.~-]+)*/?");

  /**
   * Reads the settings.
   *
   * @throws SynchronikException naming each key with a bad value
   */
  public static DashboardSettings read(Config config) {
    Values values = new Values(config);
    DashboardSettings settings = read(values);
    if (!values.errors().isEmpty()) {
      throw new SynchronikException(String.join(System.lineSeparator(), values.errors()));
    }
    return settings;
  }

  static DashboardSettings read(Values values) {
    return new DashboardSettings(
        values.value("synchronik.dashboard", true, DashboardSettings::isOn),
        values.value("synchronik.dashboard.api", "", DashboardSettings::path));
  }

  private static boolean isOn(String text) {
    if (!text.equals("on") && !text.equals("off")) {
      throw new IllegalArgumentException("must be on or off");
    }
    return text.equals("on");
  }

  private static String path(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a path below the application's: api/synchronik");
    }
    return text.replaceAll("^/|/$", "");
  }
}
