package io.synchronik.impl.admin.monitor;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.monitor.Why;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why something is where it is. */
@Schema(name = "Why")
record WhyJson(
    @Schema(description = "what is asked about") String about,
    @Schema(description = "the database's time of the answers") Instant at,
    @Schema(description = "code of what ended it, or what it waits for; null without any")
        @Nullable String decisive,
    @Schema(description = "what the engine asks, in its order") List<CheckJson> checks)
    implements Answer {

  /** Something that the engine asks. */
  @Schema(name = "WhyCheck")
  record CheckJson(
      @Schema(description = "what is asked", example = "not-paused") String code,
      @Schema(
              description =
                  "met; unmet: somebody has to do something, or it never will be; open: it is on"
                      + " its way; unknown",
              enumeration = {"met", "unmet", "open", "unknown"})
          String answer,
      @Schema(description = "the answer in a sentence") String text,
      @Schema(description = "what the sentence is made of") Map<String, String> values,
      @Schema(description = "since when it is so") @Nullable Instant since,
      @Nullable LinkJson link) {
    static CheckJson of(Why.Check check) {
      Why.Link link = check.link();
      return new CheckJson(
          check.code(),
          check.answer().name().toLowerCase(Locale.ROOT),
          check.text(),
          check.values(),
          check.since(),
          link == null ? null : new LinkJson(link.kind(), link.id()));
    }
  }

  /** What an answer is about. */
  @Schema(name = "WhyLink")
  record LinkJson(
      @Schema(enumeration = {"unit", "run", "step", "pool", "node"}) String kind,
      @Schema(description = "of a step the run and the worker with a slash between") String id) {}

  static WhyJson of(Why why) {
    return new WhyJson(
        why.about(),
        why.at(),
        why.decisive().map(Why.Check::code).orElse(null),
        why.checks().stream().map(CheckJson::of).toList());
  }
}
