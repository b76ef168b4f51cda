package io.synchronik.impl.admin.json;

import io.synchronik.run.Failure;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why an attempt failed; its texts may hold anything that the work touched. */
@Schema(name = "Failure")
public record FailureJson(
    @Schema(description = "class of the exception") String type,
    @Nullable
        @Schema(
            description = "only for those who may see payloads; in lists its first 500 characters")
        String message,
    @Nullable @Schema(description = "as message, and not in lists and events") String stackTrace) {

  public static @Nullable FailureJson of(@Nullable Failure failure, Sight sight) {
    return failure == null
        ? null
        : new FailureJson(
            failure.type(),
            sight.payloads() ? failure.message() : null,
            sight.payloads() && sight.detailed() ? failure.stackTrace() : null);
  }
}
