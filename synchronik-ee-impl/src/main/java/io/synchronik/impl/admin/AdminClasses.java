package io.synchronik.impl.admin;

import io.synchronik.impl.admin.bulk.BulkResource;
import io.synchronik.impl.admin.flow.ProcessRunsResource;
import io.synchronik.impl.admin.http.AdminFeature;
import io.synchronik.impl.admin.http.OpenApiResource;
import io.synchronik.impl.admin.http.PathEdge;
import io.synchronik.impl.admin.item.ItemsResource;
import io.synchronik.impl.admin.item.RunItemsResource;
import io.synchronik.impl.admin.journal.EventsResource;
import io.synchronik.impl.admin.journal.MilestonesResource;
import io.synchronik.impl.admin.json.AnswerWriter;
import io.synchronik.impl.admin.json.ProblemMapper;
import io.synchronik.impl.admin.monitor.AuditResource;
import io.synchronik.impl.admin.monitor.CalendarResource;
import io.synchronik.impl.admin.monitor.FailuresResource;
import io.synchronik.impl.admin.monitor.ItemWhyResource;
import io.synchronik.impl.admin.monitor.RunWhyResource;
import io.synchronik.impl.admin.monitor.StatisticsResource;
import io.synchronik.impl.admin.monitor.TaskWhyResource;
import io.synchronik.impl.admin.monitor.UnitDuesResource;
import io.synchronik.impl.admin.monitor.UnitWhyResource;
import io.synchronik.impl.admin.node.EngineResource;
import io.synchronik.impl.admin.node.NodesResource;
import io.synchronik.impl.admin.pool.PoolTasksResource;
import io.synchronik.impl.admin.pool.PoolsResource;
import io.synchronik.impl.admin.run.RunAttemptsResource;
import io.synchronik.impl.admin.run.RunsResource;
import io.synchronik.impl.admin.session.SessionResource;
import io.synchronik.impl.admin.unit.UnitControlResource;
import io.synchronik.impl.admin.unit.UnitRunsResource;
import io.synchronik.impl.admin.unit.UnitsResource;
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
        RunAttemptsResource.class,
        ProcessRunsResource.class,
        RunItemsResource.class,
        ItemsResource.class,
        NodesResource.class,
        BulkResource.class,
        PoolsResource.class,
        PoolTasksResource.class,
        EventsResource.class,
        MilestonesResource.class,
        EngineResource.class,
        ItemWhyResource.class,
        RunWhyResource.class,
        TaskWhyResource.class,
        StatisticsResource.class,
        UnitWhyResource.class,
        UnitDuesResource.class,
        CalendarResource.class,
        FailuresResource.class,
        AuditResource.class,
        SessionResource.class,
        OpenApiResource.class,
        AdminFeature.class,
        PathEdge.class,
        AnswerWriter.class,
        ProblemMapper.class);
  }
}
