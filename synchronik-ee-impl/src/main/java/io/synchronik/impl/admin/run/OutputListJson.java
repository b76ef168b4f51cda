package io.synchronik.impl.admin.run;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.OutputLine;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of what an attempt has said; its texts may hold anything that the work touched. */
@Schema(name = "OutputList")
record OutputListJson(
    @Schema(description = "in their order") List<OutputLineJson> items,
    @Nullable @Schema(description = "'after' of the following page; absent on the last") Long next)
    implements Answer {

  /** A line, or several that were said at once. */
  @Schema(name = "OutputLine")
  record OutputLineJson(
      @Schema(description = "from 1; numbers that are missing were left out") long number,
      Instant at,
      @Nullable
          @Schema(
              enumeration = {"error", "warning", "info", "debug", "trace"},
              description = "absent for what the work said to its context")
          String level,
      @Nullable @Schema(description = "as level") String logger,
      @Nullable
          @Schema(
              description =
                  "plain text, ends in an ellipsis when it was cut; only for those who may see"
                      + " payloads")
          String text) {

    private static OutputLineJson of(OutputLine line, Sight sight) {
      Level level = line.level();
      return new OutputLineJson(
          line.number(),
          line.at(),
          level == null ? null : EnumText.write(level),
          level == null ? null : line.logger(),
          sight.payloads() ? line.text() : null);
    }
  }

  static OutputListJson of(List<OutputLine> lines, int limit, Sight sight) {
    Long next = lines.size() < limit ? null : lines.get(limit - 1).number();
    return new OutputListJson(
        lines.stream().map(line -> OutputLineJson.of(line, sight)).toList(), next);
  }
}
