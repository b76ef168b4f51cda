package io.synchronik.impl.admin.json;

import io.synchronik.run.ItemId;

/** Ids of items in addresses. */
public final class ItemIds {
  private ItemIds() {}

  /**
   * Reads an id.
   *
   * @throws ProblemException 404 when no item can have it
   */
  public static ItemId read(String id) {
    try {
      return ItemId.of(id);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound("No item can have this id");
    }
  }
}
