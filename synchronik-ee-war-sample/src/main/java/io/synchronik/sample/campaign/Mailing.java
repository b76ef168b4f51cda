package io.synchronik.sample.campaign;

import io.synchronik.run.RunId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign is given.
 *
 * @param recipients how many, 1 to 100,000; null for 200
 * @param bouncePercent of how many the mailbox is full or gone, 0 to 100; null for what the
 *     settings say
 * @param open whether it goes on until somebody closes it; null for no
 */
public record Mailing(
    @Nullable Integer recipients, @Nullable Integer bouncePercent, @Nullable Boolean open) {
  static final Mailing DEFAULT = new Mailing(null, null, null);

  private static final int MOST = 100_000;
  private static final String GONE = "gone-";

  /** Of the mailboxes that take nothing, each third one is gone. */
  private static final int THIRD = 3;

  public Mailing {
    requireRange("recipients", recipients, 1, MOST);
    requireRange("bouncePercent", bouncePercent, 0, 100);
  }

  private static void requireRange(String name, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(name, least, most, value));
    }
  }

  /**
   * An email.
   *
   * @param campaign the run that it was first part of
   * @param address to whom
   * @param full whether the mailbox takes nothing
   */
  public record Mail(String campaign, String address, boolean full) {
    /** Whether the mailbox takes nothing because there is none any more. */
    boolean gone() {
      return address.startsWith(GONE);
    }
  }

  /** Returns the emails; those that bounce are spread evenly over them. */
  List<Mail> mails(RunId campaign, int bouncePercentBySetting) {
    int percent = bouncePercent == null ? bouncePercentBySetting : bouncePercent;
    return IntStream.rangeClosed(1, recipients == null ? 200 : recipients)
        .mapToObj(i -> mail(campaign, i, percent))
        .toList();
  }

  private static Mail mail(RunId campaign, int number, int percent) {
    boolean bounces = number * percent / 100 > (number - 1) * percent / 100;
    String name = bounces && number % THIRD == 0 ? GONE : "reader-";
    return new Mail(campaign.value(), "%s%04d@example.org".formatted(name, number), bounces);
  }
}
