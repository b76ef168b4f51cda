package io.synchronik.impl.admin.http;

import io.synchronik.run.SynchronikException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of the admin resource.
 *
 * @param viewersSeePayloads {@code synchronik.admin.payloads}: {@code admin} (default) or {@code
 *     viewer}: whose role is enough to see payloads, results and error texts
 * @param bodyLimit {@code synchronik.admin.body-limit}: largest request body in bytes; default
 *     65,536, 1,024 to 16 MiB
 * @param challenge {@code synchronik.admin.challenge}: the {@code WWW-Authenticate} of a 401; when
 *     it is empty (default), {@link LoginChallenge} finds it out
 * @param streams of events
 */
public record AdminSettings(
    boolean viewersSeePayloads, int bodyLimit, String challenge, Streams streams) {
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z][\\w.+-]*( [ -~]+)?");
  private static final Pattern SHORT = Pattern.compile("\\d{1,9}[smh]");

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
   * @throws SynchronikException naming the key with a bad value
   */
  static AdminSettings read(Config config) {
    return new AdminSettings(
        value(config, "synchronik.admin.payloads", "admin", AdminSettings::isViewer),
        value(config, "synchronik.admin.body-limit", "65536", number(1024, 16 << 20)),
        value(config, "synchronik.admin.challenge", "", AdminSettings::challenge),
        new Streams(
            value(config, "synchronik.admin.streams-per-user", "5", number(1, 1000)),
            value(config, "synchronik.admin.stream-backlog", "1000", number(1, 100_000)),
            value(config, "synchronik.admin.stream-heartbeat", "15s", AdminSettings::heartbeat)));
  }

  private static <T> T value(
      Config config, String key, String byDefault, Function<String, T> parse) {
    Optional<String> set = config.getOptionalValue(key, String.class);
    String text = set.orElse(byDefault).trim();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      // Without its cause: Payara tells the deployer only of the last one.
      throw new SynchronikException(
          "SYNC-0030 The setting " + key + " has the value '" + text + "': " + e.getMessage());
    }
  }

  private static boolean isViewer(String text) {
    if (!text.equals("viewer") && !text.equals("admin")) {
      throw new IllegalArgumentException("must be admin or viewer");
    }
    return text.equals("viewer");
  }

  private static String challenge(String text) {
    if (!text.isEmpty() && !CHALLENGE.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a scheme and its parameters: Basic realm=\"…\"");
    }
    return text;
  }

  private static Function<String, Integer> number(int least, int most) {
    return text -> {
      int number = Integer.parseInt(text);
      if (number < least || number > most) {
        throw new IllegalArgumentException("must be " + least + " to " + most);
      }
      return number;
    };
  }

  private static Duration heartbeat(String text) {
    Duration duration = Duration.parse(SHORT.matcher(text).matches() ? "PT" + text : text);
    if (duration.toSeconds() < 1 || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("must be 1s to 1h");
    }
    return duration;
  }
}
