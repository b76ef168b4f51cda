package io.synchronik.impl.admin.bulk;

import io.synchronik.bulk.BulkAction;
import io.synchronik.bulk.BulkFilter;
import io.synchronik.bulk.BulkRequest;
import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what is to be done to whom, from a body or from the parameters of a query. */
final class RequestedBulk {
  private static final int LONGEST_WORD = 20;
  private static final int LONGEST_RUN = 36;
  private static final int LONGEST_ITEM = 40;

  private final Function<String, @Nullable String> texts;
  private final Function<String, List<String>> lists;
  private final Instant now;

  /**
   * Reads filters.
   *
   * @param texts a text by its name, null when it is absent
   * @param lists texts by their name, none when they are absent
   * @param now what times that say how long ago count from
   */
  RequestedBulk(
      Function<String, @Nullable String> texts, Function<String, List<String>> lists, Instant now) {
    this.now = now;
    this.texts = texts;
    this.lists = lists;
  }

  static BulkRequest read(InputStream body, Instant now) throws IOException {
    RequestJson json = RequestJson.read(body, "action", "over", "filter", "expected");
    String over = json.text("over");
    RequestJson filter = json.object("filter", fields(over));
    RequestedBulk requested =
        new RequestedBulk(
            name -> filter.plainText(name, BulkFilter.LONGEST_TEXT), filter::plainTexts, now);
    BulkRequest request = requested.request(json.text("action"), over);
    Integer expected = json.number("expected");
    return expected == null ? request : valid(() -> request.expecting(expected));
  }

  private static String[] fields(String over) {
    return switch (over) {
      case "runs" -> new String[] {"ids", "unit", "states", "group", "from", "to"};
      case "items" -> new String[] {"ids", "run", "unit", "group", "failure"};
      case "units" -> new String[] {"ids", "kind", "statuses", "q"};
      default -> throw wrongOver();
    };
  }

  private static ProblemException wrongOver() {
    return ProblemException.badRequest("over", "must be one of [runs, items, units]");
  }

  BulkRequest request(@Nullable String action, @Nullable String over) {
    BulkAction known =
        Parameters.constant(
            BulkAction.class, "action", action == null ? "" : action.substring(0, length(action)));
    BulkFilter filter =
        valid(
            () ->
                switch (over == null ? "" : over) {
                  case "runs" -> runs();
                  case "items" -> items();
                  case "units" -> units();
                  default -> throw wrongOver();
                });
    return valid(() -> BulkRequest.of(known, filter));
  }

  private static int length(String word) {
    return Math.min(LONGEST_WORD, word.length());
  }

  private BulkFilter runs() {
    return new BulkFilter.Runs(
        ids(LONGEST_RUN),
        Parameters.unit(texts.apply("unit")),
        Parameters.constants(RunState.class, "states", lists.apply("states")),
        Parameters.group(texts.apply("group")),
        time("from"),
        time("to"));
  }

  private BulkFilter items() {
    String run = texts.apply("run");
    return new BulkFilter.Items(
        ids(LONGEST_ITEM).stream().map(ItemId::of).collect(Collectors.toUnmodifiableSet()),
        run == null ? null : Parameters.plainText("run", run, LONGEST_RUN),
        Parameters.unit(texts.apply("unit")),
        Parameters.group(texts.apply("group")),
        texts.apply("failure"));
  }

  private Set<String> ids(int longest) {
    List<String> ids = lists.apply("ids");
    ids.forEach(id -> Parameters.plainText("ids", id, longest));
    return Set.copyOf(ids);
  }

  private @Nullable Instant time(String name) {
    String text = texts.apply(name);
    return text == null ? null : Parameters.time(name, text, now, now);
  }

  private BulkFilter units() {
    String kind = texts.apply("kind");
    List<String> ids = lists.apply("ids");
    ids.forEach(Parameters::unit);
    return new BulkFilter.Units(
        Set.copyOf(ids),
        kind == null ? null : Parameters.constant(UnitKind.class, "kind", kind),
        Parameters.constants(UnitStatus.class, "statuses", lists.apply("statuses")),
        texts.apply("q"));
  }

  /** What the API says of arguments is said of the request. */
  private static <T> T valid(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("filter", String.valueOf(e.getMessage()));
    }
  }
}
