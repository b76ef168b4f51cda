package io.synchronik.impl.bulk;

import io.synchronik.bulk.BulkFilter;
import io.synchronik.run.ItemId;
import io.synchronik.run.RunState;
import io.synchronik.unit.UnitKind;
import io.synchronik.unit.UnitStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters as the tables keep them: a word for what they choose from, and texts by name. */
final class FilterText {
  private static final String RUNS = "runs";
  private static final String ITEMS = "items";
  private static final String UNITS = "units";

  /** What an older version would read as all: it gives up on words that it does not know. */
  private static final String SOME_RUNS = "some runs";

  private static final String SOME_ITEMS = "some items";

  private static final Map<String, Set<String>> NAMES =
      Map.of(
          RUNS, Set.of("unit", "states", "group"),
          SOME_RUNS, Set.of("ids", "unit", "states", "group", "from", "to"),
          ITEMS, Set.of("run", "unit", "group", "failure"),
          SOME_ITEMS, Set.of("ids", "run", "unit", "group", "failure"),
          UNITS, Set.of("ids", "kind", "statuses", "text"));
  private static final String COMMA = ",";

  private FilterText() {}

  /** Returns what a filter chooses from. */
  static String target(BulkFilter filter) {
    Set<String> names = write(filter).keySet();
    if (filter instanceof BulkFilter.Runs) {
      return knows(RUNS, names) ? RUNS : SOME_RUNS;
    }
    if (filter instanceof BulkFilter.Items) {
      return knows(ITEMS, names) ? ITEMS : SOME_ITEMS;
    }
    return UNITS;
  }

  private static boolean knows(String target, Set<String> names) {
    return NAMES.getOrDefault(target, Set.of()).containsAll(names);
  }

  static Map<String, String> write(BulkFilter filter) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (filter instanceof BulkFilter.Runs runs) {
      put(texts, "ids", joined(runs.ids()));
      put(texts, "unit", runs.unit());
      put(texts, "states", words(runs.states()));
      put(texts, "group", runs.group());
      put(texts, "from", text(runs.from()));
      put(texts, "to", text(runs.to()));
    } else if (filter instanceof BulkFilter.Items items) {
      put(texts, "ids", joined(items.ids().stream().map(ItemId::toString).toList()));
      put(texts, "run", items.run());
      put(texts, "unit", items.unit());
      put(texts, "group", items.group());
      put(texts, "failure", items.failure());
    } else if (filter instanceof BulkFilter.Units units) {
      put(texts, "ids", joined(units.ids()));
      put(texts, "kind", units.kind() == null ? null : word(units.kind()));
      put(texts, "statuses", words(units.statuses()));
      put(texts, "text", units.text());
    }
    return texts;
  }

  private static void put(Map<String, String> texts, String name, @Nullable String text) {
    if (text != null) {
      texts.put(name, text);
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static @Nullable String words(Collection<? extends Enum<?>> values) {
    return joined(values.stream().map(FilterText::word).toList());
  }

  private static @Nullable String joined(Collection<String> texts) {
    return texts.isEmpty() ? null : texts.stream().sorted().collect(Collectors.joining(COMMA));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  static BulkFilter read(String target, Map<String, String> texts) {
    if (!knows(target, texts.keySet())) {
      throw new IllegalStateException("Written by a newer version: " + target + " " + texts);
    }
    return switch (target) {
      case RUNS, SOME_RUNS ->
          new BulkFilter.Runs(
              split(texts.get("ids")),
              texts.get("unit"),
              constants(RunState.class, texts.get("states")),
              texts.get("group"),
              time(texts.get("from")),
              time(texts.get("to")));
      case ITEMS, SOME_ITEMS ->
          new BulkFilter.Items(
              split(texts.get("ids")).stream()
                  .map(ItemId::of)
                  .collect(Collectors.toUnmodifiableSet()),
              texts.get("run"),
              texts.get("unit"),
              texts.get("group"),
              texts.get("failure"));
      case UNITS -> {
        String kind = texts.get("kind");
        yield new BulkFilter.Units(
            split(texts.get("ids")),
            kind == null ? null : constant(UnitKind.class, kind),
            constants(UnitStatus.class, texts.get("statuses")),
            texts.get("text"));
      }
      default -> throw new IllegalStateException("Written by a newer version: " + target);
    };
  }

  private static <E extends Enum<E>> Set<E> constants(Class<E> type, @Nullable String words) {
    return split(words).stream()
        .map(word -> constant(type, word))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> split(@Nullable String text) {
    return text == null ? Set.of() : Set.copyOf(Arrays.asList(text.split(COMMA)));
  }
}
