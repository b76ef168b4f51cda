package io.synchronik.impl.admin;

import java.util.Set;

/**
 * The classes of the admin resource, for an application whose {@code Application} lists its classes
 * and so gets no others: add all of these. One that lists none gets them by itself.
 */
public final class AdminClasses {
  private AdminClasses() {}

  /** Returns the resources and what belongs to them. */
  public static Set<Class<?>> all() {
    return Set.of(
        UnitsResource.class,
        UnitControlResource.class,
        UnitRunsResource.class,
        RunsResource.class,
        ProcessRunsResource.class,
        RunItemsResource.class,
        ItemsResource.class,
        PoolsResource.class,
        PoolTasksResource.class,
        EventsResource.class,
        MilestonesResource.class,
        EngineResource.class,
        OpenApiResource.class,
        AdminFeature.class,
        PathEdge.class,
        AnswerWriter.class,
        ProblemMapper.class);
  }
}
