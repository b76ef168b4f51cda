package io.synchronik.unit;

import java.time.Instant;
import java.util.List;

/**
 * What a change of a unit's configuration would come to.
 *
 * @param fields all of the configuration, in the order of the documentation
 * @param wrong what speaks against the change, all of it; empty when it would be made
 * @param upcoming when the unit would be due next, at most ten times, the earliest first; without
 *     regard to pauses. Empty when something is wrong, or nothing is scheduled
 */
public record ConfigPreview(List<Field> fields, List<Wrong> wrong, List<Instant> upcoming) {
  public ConfigPreview {
    fields = List.copyOf(fields);
    wrong = List.copyOf(wrong);
    upcoming = List.copyOf(upcoming);
  }

  /**
   * An element of a configuration, as texts that {@code updateUnitConfig} takes; empty for none.
   *
   * @param name of the element ({@code every}, {@code maxRetries} …)
   * @param byCode what code and MicroProfile Config say, without changes at runtime
   * @param before what is in force
   * @param after what would be; what is in force where something is wrong with it
   */
  public record Field(String name, String byCode, String before, String after) {}

  /**
   * Why a change would be refused.
   *
   * @param field the name of the offending element
   * @param message numbered, with what is wrong
   */
  public record Wrong(String field, String message) {}
}
