package io.synchronik.impl.journal;

import io.synchronik.JournalQuery;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Subscription;
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
  private static final int AT_ONCE = 500;

  private static final class Follower {
    private final Consumer<JournalEntry> listener;
    private long position;

    Follower(Consumer<JournalEntry> listener, long position) {
      this.listener = listener;
      this.position = position;
    }
  }

  private final Transactions transactions;
  private final EventCodec codec;
  private final UserCode code;
  private final EventStore events = new EventStore();
  private final LockStore locks = new LockStore();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  public JournalFeed(Transactions transactions, EventCodec codec, UserCode code) {
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

  public Subscription follow(long after, Consumer<JournalEntry> listener) {
    Follower follower = new Follower(listener, after);
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  /** Hands each follower what is behind its position. Called by one thread at a time. */
  public void feed() {
    followers.forEach(this::feed);
  }

  private void feed(Follower follower) {
    List<JournalEntry> entries;
    do {
      entries = read(new JournalQuery(follower.position, null, Set.of(), AT_ONCE));
      for (JournalEntry entry : entries) {
        if (!followers.contains(follower) || !handed(follower, entry)) {
          return;
        }
        follower.position = entry.position();
      }
    } while (entries.size() == AT_ONCE);
  }

  private boolean handed(Follower follower, JournalEntry entry) {
    return code.call(
        () -> {
          follower.listener.accept(entry);
          return true;
        },
        e -> {
          UserCode.warn("A follower of the journal failed and is unsubscribed", e);
          followers.remove(follower);
          return false;
        });
  }
}
