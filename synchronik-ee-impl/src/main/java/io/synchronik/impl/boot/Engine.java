package io.synchronik.impl.boot;

import io.synchronik.impl.event.EventCodec;
import io.synchronik.impl.event.RunEvents;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.flow.Decisions;
import io.synchronik.impl.flow.ProcessEnds;
import io.synchronik.impl.flow.ProcessViews;
import io.synchronik.impl.item.EngineItemSignals;
import io.synchronik.impl.item.ItemAdditions;
import io.synchronik.impl.item.ItemDesk;
import io.synchronik.impl.item.RunningItems;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.journal.ApartTransactions;
import io.synchronik.impl.journal.AuditTrail;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.JournalFeed;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.monitor.EngineMonitoring;
import io.synchronik.impl.monitor.RunCounting;
import io.synchronik.impl.node.EngineNodes;
import io.synchronik.impl.node.NodeIdentity;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.pool.PoolDecisions;
import io.synchronik.impl.pool.PoolMemory;
import io.synchronik.impl.pool.PoolNews;
import io.synchronik.impl.pool.Pools;
import io.synchronik.impl.run.OutcomeTelling;
import io.synchronik.impl.run.Outcomes;
import io.synchronik.impl.run.Runs;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.node.LockStore;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.store.schema.SchemaMigration;
import io.synchronik.impl.tell.Announcer;
import io.synchronik.impl.tell.EventSink;
import io.synchronik.impl.tell.Pages;
import io.synchronik.impl.tell.Subscribers;
import io.synchronik.impl.tx.EngineThread;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.UserCode;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Definitions;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.impl.unit.Registry;
import io.synchronik.impl.unit.UnitControls;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.impl.unit.UnitSchedules;
import io.synchronik.impl.unit.Units;
import io.synchronik.impl.unit.Views;
import io.synchronik.impl.why.EngineExplanations;
import io.synchronik.run.EngineStoppedException;
import io.synchronik.run.RunOutcome;
import io.synchronik.unit.UnitId;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one application on one node: what lives as long as the application, and the part
 * that is made anew by each start.
 */
public final class Engine {
  private static final Logger LOG = System.getLogger(Engine.class.getName());

  private final Platform platform;
  private final Subscribers subscribers;
  private final Core core;
  private final Timers timers;
  private final NodeIdentity identity;
  private final Json json;
  private final Announcer announcer;
  private final ApartTransactions apart;
  private final Milestones milestones;
  private final Outcomes outcomes;
  private final ProcessModels models;
  private final OutcomeTelling telling;
  private final Strands strands;
  private final Strands observing;
  private final Units units;
  private final Definitions definitions;
  private final ItemSlots slots = new ItemSlots();
  private final ItemAdditions additions;
  private final ItemDesk items;
  private final Starts starts;
  private final Decisions decisions;
  private final Runs runs;
  private final Views views;
  private final ProcessViews processViews;
  private final Statistics statistics;
  private final JournalFeed feed;
  private final RunEvents runEvents;
  private final RunCounting counting;
  private final PoolDecisions poolDecisions;
  private final Pools pools;
  private volatile @Nullable RunningEngine running;

  /** Guarded by this. */
  private boolean applicationStarted;

  /**
   * Prepares the engine; nothing runs yet.
   *
   * @param platform what the environment provides
   * @param settings read once
   * @param timers the clock
   * @param observers where events go
   * @param subscribers where they go too
   * @param jsonb writes and reads payloads
   */
  public Engine(
      Platform platform,
      Settings settings,
      Timers timers,
      EventSink observers,
      Subscribers subscribers,
      Jsonb jsonb) {
    this.platform = platform;
    this.subscribers = subscribers;
    this.timers = timers;
    UserCode code = new UserCode(platform.transactions(), platform.application().requests());
    this.json = new Json(jsonb, settings.payloadLimit(), code);
    EventCodec codec = new EventCodec(json);
    this.identity =
        new NodeIdentity(
            new RunStore.Claimer(UUID.randomUUID().toString(), settings.identity().node()));
    DatabaseClock clock = new DatabaseClock();
    Registry registry = new Registry(json);
    Executor context = work -> platform.context().execute(() -> EngineThread.during(work));
    this.strands = new Strands(context, settings.identity().application());
    this.outcomes = new Outcomes(strands, code);
    this.observing = new Strands(context, settings.identity().application());
    this.announcer =
        new Announcer(
            registry::withHooks,
            observers,
            subscribers,
            code,
            observing,
            new Pages(this::transactions, codec, () -> identity.claimer().incarnation()));
    Journal journal = new Journal(codec, clock, identity::claimer, announcer);
    this.telling = new OutcomeTelling(announcer, outcomes, strands);
    Dialect dialect = Dialect.of(platform.datasource());
    AuditTrail audit = new AuditTrail(journal, platform);
    Transactions transactions = new Transactions(platform, settings, dialect, clock, audit);
    this.core = new Core(settings, clock, transactions, journal, registry, code);
    this.apart = new ApartTransactions(transactions, strands, settings.pace().lease().dividedBy(6));
    this.milestones = new Milestones(transactions, journal, json, apart);
    this.statistics = new Statistics(core, platform.datasource());
    UnitSchedules due = new UnitSchedules(timers);
    UnitControls controls = new UnitControls(journal, milestones, due, this::changed);
    UnitLedger ledger = new UnitLedger(journal, controls);
    this.units = new Units(core, due, json, controls, ledger, this::changed);
    this.definitions = new Definitions(core, due, milestones, json, this::changed);
    this.models = new ProcessModels(registry, json);
    RunSignals signals = new RunSignals();
    this.starts = new Starts(registry, journal, milestones, models, ledger);
    this.decisions =
        new Decisions(
            core,
            models,
            starts,
            new ProcessEnds(core, models, milestones, json, signals),
            signals);
    EngineItemSignals itemSignals = new EngineItemSignals(this::runningItems);
    this.additions = new ItemAdditions(json, registry, slots, itemSignals);
    this.items = new ItemDesk(core, json, additions, slots, itemSignals, platform.caller());
    this.runs = new Runs(core, json, outcomes, signals, platform.caller(), decisions);
    this.views = new Views(core, timers);
    this.processViews = new ProcessViews(core, views, models, json);
    this.counting = new RunCounting(transactions, json);
    this.feed = new JournalFeed(transactions, codec, code, strands);
    this.runEvents = new RunEvents(transactions, codec);
    PoolNews news = new PoolNews(milestones, json);
    this.poolDecisions = new PoolDecisions(core, starts, news);
    this.pools =
        new Pools(core, json, news, new PoolMemory(core), platform.caller(), this::poolChanged);
  }

  private Transactions transactions() {
    return core.transactions();
  }

  /**
   * Brings the schema up to date and writes definitions. From now on it can be called; it begins to
   * work when the application has started, or at once when it has. A second start does nothing.
   *
   * @param declared what the code declares
   * @param wait for what passes by itself
   */
  public synchronized void start(Collection<? extends RegisteredUnit> declared, StartWait wait) {
    if (running != null) {
      return;
    }
    declared.forEach(core.registry()::add);
    running = wait.until(this::started);
    if (applicationStarted) {
      begin();
    } else {
      outcomes.comeLater(Thread.currentThread());
    }
  }

  /** The application has started: what is started begins to work. Once is enough. */
  public synchronized void applicationStarted() {
    applicationStarted = true;
    begin();
  }

  private void begin() {
    RunningEngine present = running;
    if (present == null || present.hasBegun()) {
      return;
    }
    outcomes.come();
    boolean done = false;
    try {
      present.begin();
      done = true;
    } finally {
      if (!done) {
        running = null;
        identity.renew(UUID.randomUUID().toString());
      }
    }
    LOG.log(
        Level.INFO,
        "Synchronik EE started: application {0}, node {1}, {2} units, {3} threads",
        core.settings().identity().application(),
        core.settings().identity().node(),
        core.registry().ids().size(),
        core.settings().work().workers());
  }

  /** Starts, or leaves nothing behind. */
  private RunningEngine started() {
    new SchemaMigration(platform.datasource(), core.settings().store().schema()).apply();
    warnInMemory();
    createLocks();
    define();
    RunningEngine made =
        new RunningEngine(
            new RunningEngine.Parts(core, timers, identity, announcer, json, strands, observing),
            new RunningEngine.Uses(
                units,
                definitions,
                runs,
                starts,
                decisions,
                models,
                milestones,
                statistics,
                telling,
                feed,
                counting,
                additions,
                slots,
                platform.datasource(),
                poolDecisions,
                pools.memory()),
            platform.context());
    boolean done = false;
    try {
      made.start();
      done = true;
      return made;
    } finally {
      if (!done) {
        identity.renew(UUID.randomUUID().toString());
      }
    }
  }

  /** Starts again with what is registered. */
  public void start() {
    start(List.of(), new StartWait(core.settings()));
  }

  private void warnInMemory() {
    if (Dialect.inMemory(platform.datasource())) {
      LOG.log(Level.WARNING, Message.IN_MEMORY.with(core.settings().store().datasource()));
    }
  }

  private void define() {
    core.transactions()
        .own(
            tx -> {
              definitions.define(tx, core.registry().all());
              milestones.add(tx, "storage:loaded", null, null, null);
              return null;
            });
  }

  private void createLocks() {
    LockStore locks = new LockStore();
    core.transactions()
        .own(
            tx -> {
              core.clock().sample(tx.session().now());
              locks.createIfMissing(tx.session(), LockStore.JOURNAL);
              locks.createIfMissing(tx.session(), LockStore.STATISTICS);
              locks.createIfMissing(tx.session(), LockStore.WATCHER);
              return null;
            });
  }

  /** Stops gracefully; without effect when the engine does not run. */
  public synchronized void stop() {
    RunningEngine stopped = running;
    if (stopped == null) {
      return;
    }
    running = null;
    outcomes.come();
    String application = core.settings().identity().application();
    stopped.stop();
    identity.renew(UUID.randomUUID().toString());
    LOG.log(Level.INFO, "Synchronik EE stopped: {0}", application);
  }

  /** Returns the part that runs. */
  RunningEngine running() {
    RunningEngine present = running;
    if (present == null) {
      throw new EngineStoppedException(
          Message.NOT_RUNNING.with(core.settings().identity().application()));
    }
    return present;
  }

  private @Nullable RunningItems runningItems() {
    RunningEngine present = running;
    return present == null ? null : present.items();
  }

  @Nullable RunningEngine runningOrNull() {
    return running;
  }

  private void changed(String unit) {
    RunningEngine present = running;
    if (present != null) {
      present.intake().changed(unit);
    }
  }

  private void poolChanged(String pool) {
    RunningEngine present = running;
    if (present != null) {
      present.pools().offer(pool);
    }
  }

  /** Returns the units that this node knows. */
  public Collection<RegisteredUnit> known() {
    return core.registry().all();
  }

  public Core core() {
    return core;
  }

  public Definitions definitions() {
    return definitions;
  }

  Units units() {
    return units;
  }

  Runs runs() {
    return runs;
  }

  Views views() {
    return views;
  }

  ProcessViews processViews() {
    return processViews;
  }

  ApartTransactions apart() {
    return apart;
  }

  Milestones milestones() {
    return milestones;
  }

  Statistics statistics() {
    return statistics;
  }

  ItemDesk items() {
    return items;
  }

  EngineMonitoring monitoring() {
    return new EngineMonitoring(
        core.clock(),
        core.transactions(),
        counting,
        runEvents,
        new EngineExplanations(core, models));
  }

  EngineNodes nodes() {
    return new EngineNodes(core.transactions(), apart, this::callerName, this::ordered);
  }

  private void ordered(String incarnation) {
    RunningEngine now = runningOrNull();
    if (now != null) {
      now.ordered(incarnation);
    }
  }

  JournalFeed feed() {
    return feed;
  }

  public Pools pools() {
    return pools;
  }

  String callerName() {
    return platform.caller().name();
  }

  Subscribers subscribers() {
    return subscribers;
  }

  private final class RunSignals implements Runs.Signals {
    @Override
    public void submitted() {
      RunningEngine present = running;
      if (present != null) {
        present.intake().submitted();
      }
    }

    @Override
    public void cancelAsked(String run, String by) {
      RunningEngine present = running;
      if (present != null) {
        present.cancelAsked(run, by);
      }
    }

    @Override
    public void ended(RunOutcome outcome, UnitId unit) {
      telling.ended(unit, outcome.run(), () -> outcome);
      RunningEngine present = running;
      if (present != null) {
        present.intake().ended(unit.value());
        present.pools().look();
      }
    }

    @Override
    public void moved(String processRun) {
      RunningEngine present = running;
      if (present != null) {
        present.decisions().offer(processRun);
      }
    }

    @Override
    public void rearmed(String unit) {
      changed(unit);
    }

    @Override
    public void rolledBack(String run) {
      telling.rolledBack(run);
    }
  }
}
