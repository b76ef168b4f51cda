package io.synchronik.impl.boot;

import io.synchronik.impl.bulk.EngineBulk;
import io.synchronik.impl.due.Dues;
import io.synchronik.impl.event.RunEvents;
import io.synchronik.impl.flow.Decisions;
import io.synchronik.impl.flow.ProcessEnds;
import io.synchronik.impl.flow.ProcessViews;
import io.synchronik.impl.item.EngineItemSignals;
import io.synchronik.impl.item.ItemBites;
import io.synchronik.impl.item.ItemDesk;
import io.synchronik.impl.item.add.ItemAdditions;
import io.synchronik.impl.item.claim.ItemSlots;
import io.synchronik.impl.journal.ApartTransactions;
import io.synchronik.impl.journal.Journal;
import io.synchronik.impl.journal.JournalFeed;
import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.monitor.EngineMonitoring;
import io.synchronik.impl.monitor.RunCounting;
import io.synchronik.impl.node.EngineNodes;
import io.synchronik.impl.node.Statistics;
import io.synchronik.impl.pool.PoolDecisions;
import io.synchronik.impl.pool.PoolMemory;
import io.synchronik.impl.pool.PoolNews;
import io.synchronik.impl.pool.Pools;
import io.synchronik.impl.run.RunBites;
import io.synchronik.impl.run.Runs;
import io.synchronik.impl.run.Starts;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.unit.ConfigPreviews;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Definitions;
import io.synchronik.impl.unit.ProcessModels;
import io.synchronik.impl.unit.UnitControls;
import io.synchronik.impl.unit.UnitLedger;
import io.synchronik.impl.unit.UnitSchedules;
import io.synchronik.impl.unit.Units;
import io.synchronik.impl.unit.Views;
import io.synchronik.impl.why.EngineExplanations;

/** What can be asked of the engine, by callers and by the threads of each start. */
final class UseCases {
  final ApartTransactions apart;
  final Milestones milestones;
  final Statistics statistics;
  final Units units;
  final ConfigPreviews previews;
  final Definitions definitions;
  final Views views;
  final ProcessModels models;
  final ProcessViews processViews;
  final Starts starts;
  final Decisions decisions;
  final Runs runs;
  final ItemSlots slots = new ItemSlots();
  final ItemAdditions additions;
  final ItemDesk items;
  final PoolDecisions poolDecisions;
  final Pools pools;
  final JournalFeed feed;
  final RunCounting counting;
  final EngineMonitoring monitoring;
  final EngineNodes nodes;
  final EngineBulk bulk;

  UseCases(Parts parts, EngineSignals signals) {
    Core core = parts.core;
    Json json = parts.json;
    Platform platform = parts.platform;
    Journal journal = core.journal();
    Transactions transactions = core.transactions();
    this.apart =
        new ApartTransactions(
            transactions, platform, parts.strands, core.settings().pace().lease().dividedBy(6));
    this.milestones = new Milestones(transactions, journal, json, apart);
    this.statistics = new Statistics(core, platform.datasource());
    UnitSchedules due = new UnitSchedules(parts.timers, journal);
    UnitControls controls = new UnitControls(journal, milestones, due, signals::rearmed);
    UnitLedger ledger = new UnitLedger(journal, controls);
    this.units = new Units(core, due, json, controls, ledger, signals::rearmed);
    this.previews = new ConfigPreviews(core, units, due, parts.timers);
    this.definitions = new Definitions(core, due, milestones, json, signals::rearmed);
    this.views = new Views(core, parts.timers);
    this.models = new ProcessModels(core.registry(), json);
    this.processViews = new ProcessViews(core, views, models, json);
    this.starts = new Starts(core.registry(), journal, milestones, models, ledger);
    this.decisions =
        new Decisions(
            core,
            models,
            starts,
            new ProcessEnds(core, models, milestones, json, signals),
            signals);
    this.runs = new Runs(core, json, parts.outcomes, signals, platform.caller(), decisions);
    EngineItemSignals itemSignals = new EngineItemSignals(signals::items);
    this.additions = new ItemAdditions(json, core.registry(), slots, itemSignals);
    this.items = new ItemDesk(core, json, additions, slots, itemSignals, platform.caller());
    PoolNews news = new PoolNews(milestones, json);
    this.poolDecisions = new PoolDecisions(core, starts, news);
    this.pools =
        new Pools(core, json, news, new PoolMemory(core), platform.caller(), signals::poolChanged);
    this.feed = new JournalFeed(transactions, parts.codec, core.code(), parts.strands);
    this.counting = new RunCounting(transactions, json);
    Dues dues = new Dues(parts.timers, json);
    this.monitoring =
        new EngineMonitoring(
            core.clock(),
            transactions,
            counting,
            new RunEvents(transactions, parts.codec),
            new EngineExplanations(core, models, dues),
            new EngineMonitoring.Judging(dues, parts.timers));
    this.bulk =
        new EngineBulk(
            core,
            json,
            platform,
            milestones,
            new EngineBulk.Targets(
                new RunBites(core, runs), new ItemBites(core, slots, itemSignals), units),
            signals::bulk);
    this.nodes = new EngineNodes(transactions, apart, platform.caller()::name, signals::ordered);
  }
}
