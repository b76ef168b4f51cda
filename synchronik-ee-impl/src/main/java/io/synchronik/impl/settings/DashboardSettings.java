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
 * @param environment {@code synchronik.dashboard.environment}: where the application runs, shown
 *     beside its name: {@code test}, {@code production}; at most 30 characters; empty (default) for
 *     none. In {@code production} the page asks for the application's name before it ends a lot
 */
public record DashboardSettings(boolean on, String api, String environment) {
  private static final Pattern ENVIRONMENT = Pattern.compile("[\\p{L}\\p{N} ._-]{1,30}");
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
        values.value("synchronik.dashboard.api", "", DashboardSettings::path),
        values.value("synchronik.dashboard.environment", "", DashboardSettings::environment));
  }

  private static boolean isOn(String text) {
    if (!text.equals("on") && !text.equals("off")) {
      throw new IllegalArgumentException("must be on or off");
    }
    return text.equals("on");
  }

  private static String environment(String text) {
    if (!ENVIRONMENT.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a name of at most 30 characters");
    }
    return text;
  }

  private static String path(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a path below the application's: api/synchronik");
    }
    return text.replaceAll("^/|/$", "");
  }
}
