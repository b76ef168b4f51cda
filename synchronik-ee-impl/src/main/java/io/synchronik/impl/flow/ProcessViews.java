package io.synchronik.impl.flow;

import io.synchronik.ProcessView;
import io.synchronik.UnitView;
import io.synchronik.impl.net.TaskRow;
import io.synchronik.impl.net.plan.NetPlan;
import io.synchronik.impl.store.flow.NetStore;
import io.synchronik.impl.store.flow.PartStore;
import io.synchronik.impl.store.flow.ProcessRunStore;
import io.synchronik.impl.store.run.RunRows;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredProcess;
import io.synchronik.impl.unit.Views;
import io.synchronik.process.ProcessConfig;
import io.synchronik.process.ProcessRunView;
import io.synchronik.run.RunView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Processes and their runs as they are shown. */
public final class ProcessViews {
  private final Core core;
  private final Views views;
  private final ProcessModels models;
  private final RunRows rows;
  private final ProcessRunStore store = new ProcessRunStore();
  private final PartStore parts = new PartStore();
  private final NetStore nets = new NetStore();

  public ProcessViews(Core core, Views views, ProcessModels models, Json json) {
    this.core = core;
    this.views = views;
    this.models = models;
    this.rows = new RunRows(json::payload);
  }

  public Optional<ProcessView> find(String id) {
    return views.find(id).flatMap(this::view);
  }

  public List<ProcessView> all() {
    return views.all().stream().map(this::view).flatMap(Optional::stream).toList();
  }

  private Optional<ProcessView> view(UnitView unit) {
    RegisteredProcess process = core.registry().process(unit.id().value());
    return process != null && unit.config() instanceof ProcessConfig config
        ? Optional.of(new ProcessView(unit, config, Graphs.of(ProcessModels.plan(process, config))))
        : Optional.empty();
  }

  public Optional<ProcessRunView> run(String id) {
    return core.transactions().joined(tx -> run(tx, id));
  }

  /** Before a run begins its definition is what is in force. */
  private @Nullable NetPlan plan(Tx tx, RunView run) {
    String unit = run.unit().value();
    String version =
        store
            .ofProcess(tx.session(), run.id().value())
            .map(RunStore.OfProcess::definition)
            .orElse(null);
    RegisteredProcess process = core.registry().process(unit);
    if (version != null) {
      return models.plan(tx, unit, version);
    }
    return process == null
        ? null
        : ProcessModels.plan(process, (ProcessConfig) core.registry().config(process));
  }

  private Optional<ProcessRunView> run(Tx tx, String id) {
    RunView run = rows.find(tx.session(), id).orElse(null);
    NetPlan plan = run == null ? null : plan(tx, run);
    if (run == null || plan == null) {
      return Optional.empty();
    }
    Map<String, TaskRow> tasks = new HashMap<>();
    for (NetStore.TaskOf task : nets.tasks(tx.session(), List.of(id))) {
      tasks.merge(
          task.row().task(),
          task.row(),
          (one, other) -> one.generation() > other.generation() ? one : other);
    }
    return Optional.of(
        new ProcessRunView(
            run,
            Graphs.of(plan),
            WorkerRuns.of(plan.workers(), tasks::get, parts.cameTo(tx.session(), List.of(id)))));
  }
}
