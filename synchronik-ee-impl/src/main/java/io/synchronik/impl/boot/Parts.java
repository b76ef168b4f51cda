package io.synchronik.impl.boot;

import io.synchronik.impl.event.EventCodec;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.journal.AuditTrail;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.lifecycle.Timers;
import io.synchronik.impl.node.NodeIdentity;
import io.synchronik.impl.run.OutcomeTelling;
import io.synchronik.impl.run.Outcomes;
import io.synchronik.impl.settings.DatabaseClock;
import io.synchronik.impl.settings.Settings;
import io.synchronik.impl.store.jdbc.Dialect;
import io.synchronik.impl.store.run.RunStore;
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
import io.synchronik.impl.unit.Registry;
import jakarta.json.bind.Jsonb;
import java.util.UUID;
import java.util.concurrent.Executor;

/** What lives as long as the application, and all else of the engine stands on. */
final class Parts {
  final Platform platform;
  final Timers timers;
  final Subscribers subscribers;
  final Json json;
  final EventCodec codec;
  final NodeIdentity identity;

  /** Tell the application. */
  final Strands strands;

  /** Tell hooks and observers. */
  final Strands observing;

  final Outcomes outcomes;
  final Announcer announcer;
  final OutcomeTelling telling;
  final Core core;

  /** Makes them; each of {@link Engine}'s parameters is one of theirs. */
  Parts(
      Platform platform,
      Settings settings,
      Timers timers,
      EventSink observers,
      Subscribers subscribers,
      Jsonb jsonb) {
    this.platform = platform;
    this.timers = timers;
    this.subscribers = subscribers;
    UserCode code = new UserCode(platform.transactions(), platform.application().requests());
    this.json = new Json(jsonb, settings.payloadLimit(), code);
    this.codec = new EventCodec(json);
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
  }

  private Transactions transactions() {
    return core.transactions();
  }

  Settings settings() {
    return core.settings();
  }
}
