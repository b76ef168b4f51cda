package io.synchronik.impl.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.unit.UnitConfig;
import io.synchronik.unit.UnitId;
import java.util.function.Consumer;

/** A unit as this node knows it. */
public sealed interface RegisteredUnit permits RegisteredWorker, RegisteredProcess {
  /** Returns its id. */
  UnitId id();

  /** Returns the name for people. */
  String name();

  /** Returns the description for people. */
  String description();

  /** Returns whether schedules run it at first. */
  boolean enabled();

  /** Returns the configuration by code and settings, without what was changed at runtime. */
  UnitConfig config();

  /** Returns where its code stands, for people; the same on every node. */
  String implementation();

  /** Returns whether another unit is the same code, so that it may take this one's place. */
  boolean sameAs(RegisteredUnit other);

  /** Calls its hooks, when it has any. */
  void withHooks(Consumer<RunHooks> call);
}
