package io.synchronik.impl.journal;

import io.synchronik.event.Milestone;
import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import org.jspecify.annotations.Nullable;

/** Announces milestones: of applications, of runs, and of the engine itself. */
public final class Milestones {
  private static final int LONGEST_ID = 200;

  private final Transactions transactions;
  private final Journal journal;
  private final Json json;
  private final ApartTransactions apart;

  /**
   * Creates it.
   *
   * @param apart what is announced whatever becomes of the caller's transaction
   */
  public Milestones(
      Transactions transactions, Journal journal, Json json, ApartTransactions apart) {
    this.transactions = transactions;
    this.journal = journal;
    this.json = json;
    this.apart = apart;
  }

  /** Announces with the caller's transaction, or at once without one. */
  public void emit(
      String id, @Nullable Object payload, @Nullable String unit, @Nullable String run) {
    String content = checked(id, payload);
    transactions.joined(
        tx -> {
          add(tx, id, content, unit, run);
          tx.did(Act.daily(Action.ANNOUNCE, Act.Kind.MILESTONE, id));
          return null;
        });
  }

  /** Announces in a transaction of its own. */
  public void emitNow(String id, @Nullable Object payload) {
    emitNow(id, payload, null, null);
  }

  /** The same, about a unit or run. */
  public void emitNow(
      String id, @Nullable Object payload, @Nullable String unit, @Nullable String run) {
    String content = checked(id, payload);
    apart.work("Announcing milestone '" + id + "'", tx -> add(tx, id, content, unit, run));
  }

  /** Adds a milestone to a transaction of the engine. */
  public void add(
      Tx tx, String id, @Nullable String content, @Nullable String unit, @Nullable String run) {
    journal.add(tx, unit, run, origin -> new Milestone(origin, id, json.payload(content)));
  }

  private @Nullable String checked(String id, @Nullable Object payload) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(Message.MILESTONE_ID.with(id.length()));
    }
    if (!Texts.isClean(id)) {
      throw new IllegalArgumentException(Message.MILESTONE_TEXT.with());
    }
    return json.write("The payload of milestone '" + id + "'", payload);
  }
}
