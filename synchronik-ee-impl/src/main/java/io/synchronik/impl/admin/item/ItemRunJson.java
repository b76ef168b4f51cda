package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.EnumText;
import io.synchronik.item.ItemRunView;
import io.synchronik.item.ItemStatistics;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a run of items stands. */
@Schema(name = "ItemRun")
record ItemRunJson(
    @Schema(description = "id of the run") String run,
    String unit,
    @Schema(description = "as that of Run") String state,
    @Schema(description = "whether more items may come: they are being added, or it was kept open")
        boolean open,
    ItemStatisticsJson statistics,
    @Schema(description = "items that became final per second since the run began; 0 before")
        double perSecond,
    @Schema(description = "since the run began; 0 before") long elapsedMs,
    @Nullable @Schema(description = "when all will be final if it goes on like this")
        Instant estimatedEnd,
    @Schema(
            description =
                "items that the enumeration has passed over because items of other runs have their"
                    + " keys; known at its end")
        long repeated)
    implements Answer {

  /** How many items are in which state. */
  @Schema(name = "ItemStatistics")
  record ItemStatisticsJson(
      @Schema(description = "the sum of the others") long total,
      long initialized,
      long started,
      long completed,
      long failed,
      long canceled) {
    static ItemStatisticsJson of(ItemStatistics items) {
      return new ItemStatisticsJson(
          items.total(),
          items.initialized(),
          items.started(),
          items.completed(),
          items.failed(),
          items.canceled());
    }
  }

  static ItemRunJson of(ItemRunView view) {
    return new ItemRunJson(
        view.run().value(),
        view.unit().value(),
        EnumText.write(view.state()),
        view.open(),
        ItemStatisticsJson.of(view.statistics()),
        view.pace().perSecond(),
        view.pace().elapsed().toMillis(),
        view.pace().estimatedEnd(),
        view.repeated());
  }
}
