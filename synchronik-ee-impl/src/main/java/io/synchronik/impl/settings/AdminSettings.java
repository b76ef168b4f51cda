package io.synchronik.impl.settings;

import io.synchronik.run.SynchronikException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the admin resource.
 *
 * @param viewersSeePayloads {@code synchronik.admin.payloads}: {@code admin} (default) or {@code
 *     viewer}: whose role is enough to see payloads, results and error texts
 * @param readOnly {@code synchronik.admin.read-only}: whether nobody may change anything here,
 *     admins included; default false
 * @param bodyLimit {@code synchronik.admin.body-limit}: largest request body in bytes; default
 *     65,536, 1,024 to 16 MiB
 * @param challenge {@code synchronik.admin.challenge}: the {@code WWW-Authenticate} of a 401; when
 *     it is empty (default), it is found out from the configured login
 * @param streams of events
 */
public record AdminSettings(
    boolean viewersSeePayloads,
    boolean readOnly,
    int bodyLimit,
    String challenge,
    Streams streams) {
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z][\\w.+-]*( [ -~]+)?");

  /**
   * Streams of events.
   *
   * @param perUser {@code synchronik.admin.streams-per-user}: open at a time on this node; default
   *     5, 1 to 1,000
   * @param backlog {@code synchronik.admin.stream-backlog}: events that a reader may lie behind
   *     before it is dropped; default 1,000, 1 to 100,000
   * @param heartbeat {@code synchronik.admin.stream-heartbeat}: between comments that find out dead
   *     readers, and half the time after which one that takes nothing is dropped; default 15 s, 1 s
   *     to 1 h
   */
  public record Streams(int perUser, int backlog, Duration heartbeat) {}

  /**
   * Reads the settings.
   *
   * @throws SynchronikException naming each key with a bad value
   */
  public static AdminSettings read(Config config) {
    Values values = new Values(config);
    AdminSettings settings = read(values);
    if (!values.errors().isEmpty()) {
      throw new SynchronikException(String.join(System.lineSeparator(), values.errors()));
    }
    return settings;
  }

  static AdminSettings read(Values values) {
    return new AdminSettings(
        values.value("synchronik.admin.payloads", false, AdminSettings::isViewer),
        values.value("synchronik.admin.read-only", false, AdminSettings::isTrue),
        values.number("synchronik.admin.body-limit", 65_536, 1024, 16 << 20),
        values.value("synchronik.admin.challenge", "", AdminSettings::challenge),
        new Streams(
            values.number("synchronik.admin.streams-per-user", 5, 1, 1000),
            values.number("synchronik.admin.stream-backlog", 1000, 1, 100_000),
            values.duration("synchronik.admin.stream-heartbeat", "15s", "1s", "1h")));
  }

  private static boolean isViewer(String text) {
    if (!text.equals("viewer") && !text.equals("admin")) {
      throw new IllegalArgumentException("must be admin or viewer");
    }
    return text.equals("viewer");
  }

  private static boolean isTrue(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("must be true or false");
    }
    return text.equals("true");
  }

  private static String challenge(String text) {
    if (!CHALLENGE.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a scheme and its parameters: Basic realm=\"…\"");
    }
    return text;
  }
}
