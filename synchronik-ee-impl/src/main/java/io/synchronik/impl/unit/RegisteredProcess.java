package io.synchronik.impl.unit;

import io.synchronik.event.RunHooks;
import io.synchronik.process.ProcessConfig;
import io.synchronik.unit.UnitId;
import java.util.function.Consumer;

/**
 * A process as this node knows it.
 *
 * @param id its id
 * @param name for people
 * @param description for people
 * @param enabled whether schedules run it at first
 * @param config by code and settings, without what was changed at runtime
 * @param body its workers, and what depends on what
 */
public record RegisteredProcess(
    UnitId id,
    String name,
    String description,
    boolean enabled,
    ProcessConfig config,
    ProcessBody body)
    implements RegisteredUnit {
  @Override
  public String implementation() {
    return body.declaredAt();
  }

  @Override
  public boolean sameAs(RegisteredUnit other) {
    return other instanceof RegisteredProcess process
        && body.declaredAt().equals(process.body.declaredAt())
        && body.links().equals(process.body.links())
        && body.workers().equals(process.body.workers());
  }

  @Override
  public void withHooks(Consumer<RunHooks> call) {
    body.hooks().accept(call);
  }
}
