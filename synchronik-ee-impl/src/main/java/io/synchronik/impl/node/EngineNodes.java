package io.synchronik.impl.node;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.journal.ApartTransactions;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.node.NodeRows;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.node.NodeView;
import io.synchronik.node.Nodes;
import io.synchronik.node.UnknownNodeException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The public nodes on an engine. */
public final class EngineNodes implements Nodes {
  private static final int LONGEST_QUOTE = 100;

  private final Transactions transactions;
  private final ApartTransactions apart;
  private final Supplier<String> caller;
  private final Consumer<String> told;
  private final NodeRows rows = new NodeRows();

  /**
   * Creates them.
   *
   * @param caller returns the name of who calls
   * @param told of the incarnation that has got an order; only a signal
   */
  public EngineNodes(
      Transactions transactions,
      ApartTransactions apart,
      Supplier<String> caller,
      Consumer<String> told) {
    this.transactions = transactions;
    this.apart = apart;
    this.caller = caller;
    this.told = told;
  }

  @Override
  public List<NodeView> list() {
    return transactions.joined(tx -> rows.all(tx.session(), tx.session().now()));
  }

  @Override
  public void drain(String incarnation) {
    String by = caller.get();
    order(
        Action.DRAIN,
        incarnation,
        tx -> rows.drain(tx.session(), incarnation, by, tx.session().now()));
  }

  @Override
  public void resume(String incarnation) {
    order(
        Action.RESUME,
        incarnation,
        tx -> rows.resume(tx.session(), incarnation, tx.session().now()));
  }

  private void order(Action action, String incarnation, Predicate<Tx> order) {
    apart.work(
        "an order to a node",
        tx -> {
          if (!order.test(tx)) {
            throw new UnknownNodeException(
                Message.UNKNOWN_NODE.with(Texts.told(incarnation, LONGEST_QUOTE)));
          }
          tx.did(Act.of(action, Act.Kind.NODE, incarnation));
        });
    told.accept(incarnation);
  }
}
