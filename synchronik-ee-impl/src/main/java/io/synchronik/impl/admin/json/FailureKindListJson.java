package io.synchronik.impl.admin.json;

import io.synchronik.run.FailureKind;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Kinds of failures. */
@Schema(name = "FailureKindList")
public record FailureKindListJson(
    @Schema(description = "those that happened last first") List<FailureKindJson> items)
    implements Answer {

  /** Failures whose types and messages are the same but for numbers, quoted parts and ids. */
  @Schema(name = "FailureKind")
  record FailureKindJson(
      @Schema(
              description =
                  "stands for them in lists and commands; 'other' of those from before the groups",
              example = "9f86d081884c7d65")
          String group,
      @Schema(description = "class of the exception, of the latest of them") String type,
      @Nullable
          @Schema(
              description =
                  "of the latest of them, its first 500 characters; only for those who may see"
                      + " payloads")
          String message,
      long count,
      @Schema(description = "when the first of them happened") Instant first,
      @Schema(description = "when the latest of them happened") Instant last) {

    private static FailureKindJson of(FailureKind kind, Sight sight) {
      return new FailureKindJson(
          kind.group(),
          kind.type(),
          sight.payloads() ? kind.message() : null,
          kind.count(),
          kind.first(),
          kind.last());
    }
  }

  public static FailureKindListJson of(List<FailureKind> kinds, Sight sight) {
    return new FailureKindListJson(
        kinds.stream().map(kind -> FailureKindJson.of(kind, sight)).toList());
  }
}
