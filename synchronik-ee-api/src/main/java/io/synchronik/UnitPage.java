package io.synchronik;

import java.util.List;

/**
 * A part of a list of units.
 *
 * @param items the units, in the order that was asked for
 * @param total how many match, over all pages
 */
public record UnitPage(List<UnitView> items, int total) {
  public UnitPage {
    items = List.copyOf(items);
  }
}
