package io.synchronik.impl.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** Finds keys below {@code synchronik.} that nobody reads, and what may have been meant. */
final class KeyNames {
  static final String UNIT = "synchronik.unit.";
  static final String QUEUE = "synchronik.queue.";
  private static final String OURS = "synchronik.";

  private final Config config;
  private final DeclaredNames declared;
  private final Set<String> plain = new TreeSet<>();

  /** What is read, by how it looks when it comes from the environment. */
  private final Map<String, List<String>> read = new HashMap<>();

  /**
   * Takes what is read.
   *
   * @param config where keys are given
   * @param keys of the settings that are there once
   * @param declared what the other keys are made of
   */
  KeyNames(Config config, Set<String> keys, DeclaredNames declared) {
    this.config = config;
    this.declared = declared;
    keys.stream().filter(key -> !key.startsWith(QUEUE)).forEach(plain::add);
    plain.forEach(this::isRead);
    declared.keys().forEach(this::isRead);
    declared.queues().forEach(name -> bothForms(QUEUE, name, "").forEach(this::isRead));
    declared
        .units()
        .forEach(
            (id, names) ->
                names.forEach(name -> bothForms(UNIT, id, "." + name).forEach(this::isRead)));
  }

  private void isRead(String key) {
    read.computeIfAbsent(loose(key), form -> new ArrayList<>()).add(key);
  }

  /** Returns both forms of a key with a name in it; the first one wins where both are set. */
  static List<String> bothForms(String before, String name, String after) {
    return List.of(before + "\"" + name + "\"" + after, before + name + after);
  }

  /** Returns the name without its quotes, if it has any. */
  static String unquoted(String name) {
    return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
        ? name.substring(1, name.length() - 1)
        : name;
  }

  /** Names of environment variables have lost all but letters and digits. */
  private static String loose(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
  }

  /** Returns a line for each key that nobody reads. */
  List<String> unknown() {
    Set<String> unknown = new TreeSet<>();
    for (String key : config.getPropertyNames()) {
      if (key.startsWith(OURS) && !isKnown(key)) {
        unknown.add(key);
      }
    }
    return unknown.stream().map(this::line).toList();
  }

  /** A key that only looks alike comes from the environment if the other one has a value. */
  private boolean isKnown(String key) {
    List<String> alike = read.getOrDefault(loose(key), List.of());
    return alike.contains(key)
        || alike.stream()
            .anyMatch(other -> config.getOptionalValue(other, String.class).isPresent());
  }

  private String line(String key) {
    if (key.startsWith(UNIT)) {
      return lineOfUnit(key, key.substring(UNIT.length()));
    }
    if (key.startsWith(QUEUE)) {
      String name = unquoted(key.substring(QUEUE.length()));
      return Message.SETTING_OF_NO_QUEUE.with(
          key, meant(NearWords.nearest(name, declared.queues()).map(near -> quoted(QUEUE, near))));
    }
    return Message.UNKNOWN_SETTING.with(
        key,
        meant(
            NearWords.nearest(
                    key.substring(OURS.length()),
                    plain.stream().map(other -> other.substring(OURS.length())).toList())
                .map(OURS::concat)));
  }

  private String lineOfUnit(String key, String rest) {
    Optional<String> known =
        declared.units().keySet().stream()
            .filter(id -> rest.startsWith(id + ".") || rest.startsWith("\"" + id + "\"."))
            .max(Comparator.comparingInt(String::length));
    if (known.isPresent()) {
      String id = known.get();
      String name = rest.substring(rest.startsWith("\"") ? id.length() + 3 : id.length() + 1);
      Set<String> names = declared.units().getOrDefault(id, Set.of());
      return Message.UNKNOWN_SETTING.with(
          key, meant(NearWords.nearest(name, names).map(near -> quoted(UNIT, id) + "." + near)));
    }
    int dot = rest.lastIndexOf('.');
    if (dot <= 0) {
      return Message.UNKNOWN_SETTING.with(key, "; a key of a unit is " + UNIT + "\"<id>\".<name>");
    }
    String id = unquoted(rest.substring(0, dot));
    return Message.SETTING_OF_NO_UNIT.with(
        key,
        meant(
            NearWords.nearest(id, declared.units().keySet())
                .map(near -> quoted(UNIT, near) + rest.substring(dot))));
  }

  private static String quoted(String before, String name) {
    return bothForms(before, name, "").get(0);
  }

  private static String meant(Optional<String> near) {
    return near.map(other -> "; is " + other + " meant?").orElse("");
  }
}
