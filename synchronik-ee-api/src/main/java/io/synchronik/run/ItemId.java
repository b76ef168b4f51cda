package io.synchronik.run;

/**
 * The id of a work item, unique in its application. As text {@code 17-4005}: item 4005 of the set
 * of items 17.
 *
 * <p>Creating one throws {@link IllegalArgumentException} if a value is not positive.
 *
 * @param set number of the run's set of items, from 1
 * @param number of the item; numbers rise with the time of adding on one node and have gaps
 */
public record ItemId(long set, long number) implements Comparable<ItemId> {
  public ItemId {
    if (set < 1 || number < 1) {
      throw new IllegalArgumentException("'" + set + "-" + number + "' is not an item id");
    }
  }

  /**
   * Reads the text form.
   *
   * @param text such as {@code 17-4005}
   * @throws IllegalArgumentException if it is none
   */
  public static ItemId of(String text) {
    String[] parts = text.split("-", -1);
    try {
      if (parts.length == 2) {
        return new ItemId(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      }
    } catch (NumberFormatException e) {
      // Told below, with the text
    }
    throw new IllegalArgumentException("'" + text + "' is not an item id");
  }

  @Override
  public int compareTo(ItemId other) {
    int sets = Long.compare(set, other.set);
    return sets != 0 ? sets : Long.compare(number, other.number);
  }

  /** Returns the text form. */
  @Override
  public String toString() {
    return set + "-" + number;
  }
}
