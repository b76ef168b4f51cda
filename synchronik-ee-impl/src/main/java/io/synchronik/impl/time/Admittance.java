package io.synchronik.impl.time;

import io.synchronik.impl.node.NodeLease;
import io.synchronik.impl.run.Admissions;
import io.synchronik.impl.store.run.RunStore;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.UnitLedger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs that were asked for, and their admission; used by the thread that takes work in. */
final class Admittance {
  private static final Logger LOG = System.getLogger(Admittance.class.getName());

  private final Core core;
  private final Admissions admissions;
  private final UnitLedger ledger;
  private final NodeLease lease;
  private final Intake intake;
  private final Set<String> waitingUnits = ConcurrentHashMap.newKeySet();

  Admittance(Core core, Admissions admissions, UnitLedger ledger, NodeLease lease, Intake intake) {
    this.core = core;
    this.admissions = admissions;
    this.ledger = ledger;
    this.lease = lease;
    this.intake = intake;
  }

  /** Returns whether runs of a unit wait for the end of others. */
  boolean isWaiting(String unit) {
    return waitingUnits.contains(unit);
  }

  void waiting(Collection<String> units) {
    waitingUnits.addAll(units);
  }

  /** Settles what is owed to units; returns those that somebody else holds. */
  Set<String> settle(Collection<String> units) {
    return core.transactions().own(tx -> ledger.settle(tx, units));
  }

  /** Admits what was asked for of some units; returns those that somebody else holds. */
  Set<String> admit(Collection<String> units) {
    Set<String> held = new HashSet<>();
    if (!units.isEmpty()) {
      admit(units, held);
    }
    return held;
  }

  /** Admits what was asked for of all units, those aside apart; returns such as others hold. */
  Set<String> admitAll(Set<String> aside) {
    Set<String> held = new HashSet<>();
    List<String> units = core.registry().ids();
    try {
      Set<String> waiting =
          admit(
              aside.isEmpty()
                  ? units
                  : units.stream().filter(unit -> !aside.contains(unit)).toList(),
              held);
      waitingUnits.removeIf(unit -> !waiting.contains(unit) && !aside.contains(unit));
    } catch (RuntimeException | Error e) {
      List<String> asked = core.transactions().own(admissions::asked);
      if (asked.isEmpty()) {
        throw e;
      }
      LOG.log(Level.DEBUG, "Runs could not be admitted together; tried unit by unit", e);
      asked.forEach(intake::asked);
    }
    return held;
  }

  /** Returns the units of which runs wait. */
  private Set<String> admit(Collection<String> units, Set<String> held) {
    RunStore.Claimer claimer = lease.claimer();
    Set<String> waiting = new HashSet<>();
    Admissions.Look look = Admissions.Look.at(units);
    while (look != null) {
      Admissions.Look from = look;
      Admissions.Admitted admitted;
      try {
        admitted =
            intake
                .target()
                .take(
                    claimer,
                    slots ->
                        core.transactions().own(tx -> admissions.admit(tx, from, claimer, slots)),
                    all -> all.started().owned());
      } catch (Admissions.MovedOn e) {
        intake.submitted();
        return waitingUnits;
      }
      waiting.addAll(admitted.started().waiting());
      intake.follow(admitted.started());
      held.addAll(admitted.held());
      look = admitted.next();
    }
    return waiting;
  }
}
