package io.synchronik.impl.cdi.unit;

import io.synchronik.impl.bean.Candidates;
import io.synchronik.impl.bean.ProcessSource;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.quartz.QuartzTimers;
import io.synchronik.impl.settings.Configuration;
import io.synchronik.impl.settings.DeclaredNames;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.SettingsReader;
import io.synchronik.impl.settings.unit.UnitSettings;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.RegisteredWorker;
import io.synchronik.process.WorkerProcess;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.unit.UnitKind;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The units that the code declares. */
public final class Declarations {
  private final BeanManager beans;
  private final Candidates candidates;
  private final ProducedProcesses produced;
  private @Nullable List<RegisteredUnit> units;
  private Set<String> asked = Set.of();

  public Declarations(BeanManager beans, Candidates candidates) {
    this.beans = beans;
    this.candidates = candidates;
    this.produced = new ProducedProcesses(beans);
  }

  /**
   * Whether code of the application has to be called, which may need resources that servers inject
   * only when the application starts.
   */
  public boolean needTheApplication() {
    return !candidates.processes().isEmpty();
  }

  /**
   * Returns the units; the same when called again.
   *
   * @throws InvalidDefinitionException with all that is wrong
   */
  public List<RegisteredUnit> units() {
    List<RegisteredUnit> known = units;
    if (known == null) {
      known = scan();
      units = known;
    }
    return known;
  }

  /** Returns the names that keys of settings are made of. */
  public DeclaredNames names() {
    Map<String, Set<String>> settings = new HashMap<>();
    Set<String> queues = new HashSet<>();
    for (RegisteredUnit unit : units()) {
      UnitKind kind = unit instanceof RegisteredWorker ? UnitKind.WORKER : UnitKind.PROCESS;
      settings.put(unit.id().value(), UnitSettings.keys(kind));
      if (unit instanceof RegisteredWorker worker) {
        Optional.ofNullable(worker.config().limits().queue()).ifPresent(queues::add);
      }
    }
    return new DeclaredNames(settings, queues, asked);
  }

  private List<RegisteredUnit> scan() {
    Config config = Configuration.present();
    UnitTexts texts = new UnitTexts(config);
    Timers timers = new QuartzTimers("validation", Runnable::run);
    DefinitionErrors errors = new DefinitionErrors();
    Map<String, RegisteredUnit> found = new LinkedHashMap<>();
    WorkerScanner workers = new WorkerScanner(beans, texts, timers, errors);
    workers.scan(candidates).forEach(worker -> add(worker, found, errors));
    ProcessScanner processes = new ProcessScanner(beans, texts, timers, workers.known(), errors);
    candidates.declared().stream()
        .filter(declared -> declared.type().isAnnotationPresent(WorkerProcess.class))
        .map(processes::declared)
        .forEach(process -> process.ifPresent(unit -> add(unit, found, errors)));
    candidates.processes().stream()
        .sorted(Comparator.comparing(ProcessSource::where))
        .forEach(
            source ->
                produced
                    .get(source, errors)
                    .map(process -> processes.defined(process, source.where()))
                    .ifPresent(unit -> add(unit, found, errors)));
    asked = texts.asked();
    if (!errors.isEmpty()) {
      errors.addAll(SettingsReader.wrong(config));
      release();
      throw errors.toException();
    }
    return List.copyOf(found.values());
  }

  private static void add(
      RegisteredUnit unit, Map<String, RegisteredUnit> found, DefinitionErrors errors) {
    RegisteredUnit other = found.putIfAbsent(unit.id().value(), unit);
    if (other != null) {
      errors.add(Message.DUPLICATE_ID, unit.id(), other.implementation(), unit.implementation());
    }
  }

  /** Ends what was made to call the application's code. */
  public void release() {
    produced.release();
  }
}
