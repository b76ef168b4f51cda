package io.synchronik.impl.node;

import java.util.List;

/** Work of one kind that nodes own, and that others take from those that are gone. */
public interface Takeover {
  /** Returns incarnations that own such work and of which there is no node. */
  List<String> ownersWithoutNode();

  /** Takes all from an incarnation that is gone; returns how much. */
  int takeOver(String incarnation);
}
