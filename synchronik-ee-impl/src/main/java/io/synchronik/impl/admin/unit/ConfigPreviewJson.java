package io.synchronik.impl.admin.unit;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.unit.ConfigPreview;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a change of a configuration would come to. */
@Schema(name = "ConfigPreview")
record ConfigPreviewJson(
    @Schema(description = "all of the configuration") List<FieldJson> fields,
    @Schema(description = "all that speaks against the change; empty when it would be made")
        List<WrongJson> wrong,
    @Schema(description = "the next ten due times, without regard to pauses")
        List<Instant> upcoming)
    implements Answer {

  /** An element, as texts that PATCH takes; empty for none. */
  @Schema(name = "ConfigField")
  record FieldJson(
      @Schema(example = "maxRetries") String name,
      @Schema(description = "what code and MicroProfile Config say") String byCode,
      @Schema(description = "what is in force") String before,
      @Schema(description = "what would be") String after) {}

  /** Why a change would be refused. */
  @Schema(name = "WrongConfigField")
  record WrongJson(@Schema(example = "cron") String field, String message) {}

  static ConfigPreviewJson of(ConfigPreview preview) {
    return new ConfigPreviewJson(
        preview.fields().stream()
            .map(
                field -> new FieldJson(field.name(), field.byCode(), field.before(), field.after()))
            .toList(),
        preview.wrong().stream()
            .map(wrong -> new WrongJson(wrong.field(), wrong.message()))
            .toList(),
        preview.upcoming());
  }
}
