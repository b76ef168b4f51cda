package io.synchronik.event;

import org.jspecify.annotations.Nullable;

/**
 * Failed items of a run were put back together, to be tried again: told once, when the last of them
 * is, however many there are.
 *
 * @param origin where it comes from
 * @param items how many, at least 1
 * @param failure only those whose failure contained this text were; null for all
 * @param group only those whose failure was of this {@linkplain io.synchronik.run.FailureKind#group
 *     group} were; null for all
 */
public record ItemsReset(
    EventOrigin origin, long items, @Nullable String failure, @Nullable String group)
    implements UnitEvent {
  @Override
  public EventType type() {
    return EventType.ITEM;
  }
}
