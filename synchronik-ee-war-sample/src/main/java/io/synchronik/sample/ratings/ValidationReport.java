package io.synchronik.sample.ratings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with a delivery.
 *
 * @param lines how many were looked at
 * @param problems one text for each wrong line; empty when nothing is wrong
 */
public record ValidationReport(int lines, List<String> problems) {
  int errors() {
    return problems.size();
  }

  static ValidationReport of(List<String> lines) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int number = 0;
    for (String line : lines) {
      number++;
      String problem = problem(line.split(";", -1), seen);
      if (!problem.isEmpty()) {
        problems.add("line " + number + ": " + problem);
      }
    }
    return new ValidationReport(lines.size(), problems);
  }

  private static String problem(String[] fields, Set<String> seen) {
    if (fields.length != 3) {
      return fields.length + " fields, not 3";
    }
    if (!fields[0].matches("tt\\d{7}")) {
      return "'" + fields[0] + "' is no film";
    }
    if (!fields[2].matches("[1-5]")) {
      return "'" + fields[2] + "' is not 1 to 5 stars";
    }
    return seen.add(fields[0] + ";" + fields[1]) ? "" : "a second rating by " + fields[1];
  }
}
