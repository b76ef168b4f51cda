package io.synchronik.sample.scraper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a site asks robots not to read: the part of RFC 9309 that needs no wildcards.
 *
 * @param rules that are meant for this robot; empty when it may read all
 */
public record RobotRules(List<Rule> rules) {

  /**
   * One line.
   *
   * @param path what paths begin with
   * @param allowed whether they may be read
   */
  public record Rule(String path, boolean allowed) {}

  /** Reads the groups for {@code *} and takes their rules together. */
  static RobotRules parse(String text) {
    List<Rule> rules = new ArrayList<>();
    boolean ours = false;
    boolean inHead = false;
    for (String line : text.lines().toList()) {
      String[] field = line.replaceFirst("#.*", "").split(":", 2);
      if (field.length < 2) {
        continue;
      }
      String value = field[1].strip();
      switch (field[0].strip().toLowerCase(Locale.ROOT)) {
        case "user-agent" -> {
          ours = value.equals("*") || (inHead && ours);
          inHead = true;
        }
        case "allow", "disallow" -> {
          inHead = false;
          if (ours && !value.isEmpty()) {
            boolean allowed = field[0].strip().equalsIgnoreCase("allow");
            rules.add(new Rule(value, allowed));
          }
        }
        default -> {}
      }
    }
    return new RobotRules(rules);
  }

  /** The longest rule that fits decides; of two with the same length the one that allows. */
  boolean allows(String path) {
    return rules.stream()
        .filter(rule -> path.startsWith(rule.path()))
        .max(
            Comparator.comparingInt((Rule rule) -> rule.path().length())
                .thenComparing(Rule::allowed))
        .map(Rule::allowed)
        .orElse(true);
  }
}
