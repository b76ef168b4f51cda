package io.synchronik.unit;

/** What {@link io.synchronik.SynchronikManager#registerUnit} takes. Immutable. */
public interface UnitDefinition {
  /** Returns the id, unique over the application's units. */
  UnitId id();

  /** Returns the name for people; the id when none was given. */
  String name();

  /** Returns the description for people; empty when none was given. */
  String description();
}
