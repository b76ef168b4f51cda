package io.synchronik.impl.journal;

import io.synchronik.JournalQuery;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Subscription;
import io.synchronik.impl.event.EventCodec;
import io.synchronik.impl.exec.Strands;
import io.synchronik.impl.store.event.EventStore;
import io.synchronik.impl.store.node.LockStore;
import io.synchronik.impl.tx.Transactions;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.tx.UserCode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Numbers the journal, and hands it to those who follow it, in order and without gaps. */
public final class JournalFeed {
  private static final int AT_ONCE = 100;

  private final Transactions transactions;
  private final EventCodec codec;
  private final UserCode code;
  private final Strands strands;
  private final EventStore events = new EventStore();
  private final LockStore locks = new LockStore();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /**
   * Creates the feed.
   *
   * @param strands where followers are told
   */
  public JournalFeed(Transactions transactions, EventCodec codec, UserCode code, Strands strands) {
    this.strands = strands;
    this.code = code;
    this.transactions = transactions;
    this.codec = codec;
  }

  /** Numbers what has been committed, unless another node does so now. */
  public void number() {
    boolean all;
    do {
      all = transactions.own(this::numberSome);
    } while (!all);
  }

  private boolean numberSome(Tx tx) {
    OptionalLong last = locks.tryLock(tx.session(), LockStore.JOURNAL);
    if (last.isEmpty()) {
      return true;
    }
    EventStore.Numbered numbered = events.number(tx.session(), last.getAsLong());
    if (numbered.events() > 0) {
      locks.set(tx.session(), LockStore.JOURNAL, last.getAsLong() + numbered.events());
    }
    return numbered.all();
  }

  public long position() {
    return transactions.joined(tx -> locks.value(tx.session(), LockStore.JOURNAL));
  }

  public List<JournalEntry> read(JournalQuery query) {
    List<String> types =
        query.types().stream().map(type -> type.name().toLowerCase(Locale.ROOT)).toList();
    return transactions
        .joined(tx -> events.after(tx.session(), query.after(), query.unit(), types, query.limit()))
        .stream()
        .map(placed -> new JournalEntry(placed.position(), codec.read(placed)))
        .toList();
  }

  /** Lets somebody follow, from behind a position. */
  public Subscription follow(long after, Consumer<JournalEntry> listener) {
    Follower follower = new Follower(strands, code, this::behind, listener, after);
    followers.add(follower);
    follower.wake();
    return () -> {
      follower.end();
      followers.remove(follower);
    };
  }

  private List<JournalEntry> behind(long position) {
    return read(new JournalQuery(position, null, Set.of(), AT_ONCE));
  }

  /** Lets each follower look at what is behind his position. */
  public void feed() {
    followers.removeIf(Follower::isEnded);
    followers.forEach(Follower::wake);
  }
}
