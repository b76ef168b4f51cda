package io.synchronik.impl.pool;

import io.synchronik.impl.audit.Act;
import io.synchronik.impl.audit.Action;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Texts;
import io.synchronik.impl.store.jdbc.StoreException;
import io.synchronik.impl.store.jpa.UnitEntity;
import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.store.pool.PoolRows;
import io.synchronik.impl.store.pool.PoolStore;
import io.synchronik.impl.store.unit.UnitRows;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Platform;
import io.synchronik.impl.tx.Tx;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Units;
import io.synchronik.pool.PoolSimulation;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.PoolView;
import io.synchronik.pool.UnknownPoolException;
import io.synchronik.pool.UnknownTaskException;
import io.synchronik.run.InvalidConfigurationException;
import io.synchronik.run.Page;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitId;
import io.synchronik.unit.UnitKind;
import io.synchronik.worker.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pools that are used, looked at and changed. Locks a pool, then its tasks. */
public final class Pools {
  private static final int MOST_PLACES = 10_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_QUOTE = 40;

  /**
   * What works on a task.
   *
   * @param unit the worker
   * @param code in memory, null for a durable task
   */
  record Target(String unit, @Nullable Work<?> code) {}

  private final Core core;
  private final Json json;
  private final PoolNews news;
  private final PoolMemory memory;
  private final Platform.Caller caller;
  private final Consumer<String> changed;
  private final PoolRows rows;
  private final PoolStore store = new PoolStore();
  private final PoolQueue queue = new PoolQueue();
  private final UnitRows units = new UnitRows();

  public Pools(
      Core core,
      Json json,
      PoolNews news,
      PoolMemory memory,
      Platform.Caller caller,
      Consumer<String> changed) {
    this.core = core;
    this.json = json;
    this.news = news;
    this.memory = memory;
    this.caller = caller;
    this.changed = changed;
    this.rows = new PoolRows(json::payload);
  }

  public PoolMemory memory() {
    return memory;
  }

  /** Creates a pool, or takes over a size that the code gives anew. */
  void use(String name, int size) {
    if (!UnitId.isValid(name)) {
      throw new InvalidConfigurationException("name", Message.POOL_NAME.with(quote(name)));
    }
    checkSize(name, size);
    try {
      core.transactions().joined(tx -> used(tx, name, size));
    } catch (StoreException e) {
      // Somebody else may have created it meanwhile
      if (core.transactions().current() != null || find(name).isEmpty()) {
        throw e;
      }
      core.transactions().joined(tx -> used(tx, name, size));
    }
  }

  private @Nullable Void used(Tx tx, String name, int size) {
    if (store.createIfMissing(tx.session(), name, size, tx.now())) {
      news.sized(tx, name, "created", size);
      tx.did(Act.daily(Action.CREATE, Act.Kind.POOL, name).to(size));
      return null;
    }
    if (rows.declared(tx.session(), name) != size) {
      PoolStore.Pool pool = locked(tx, name);
      if (pool.declared() != size) {
        resize(tx, pool, size, size);
      }
    }
    return null;
  }

  private static String quote(String name) {
    return name.length() <= LONGEST_QUOTE ? name : name.substring(0, LONGEST_QUOTE) + "…";
  }

  private static void checkSize(String pool, int size) {
    if (size < 1 || size > MOST_PLACES) {
      throw new InvalidConfigurationException(
          "size", Message.POOL_SIZE.with(pool, MOST_PLACES, size));
    }
  }

  void resize(String name, int size) {
    checkSize(name, size);
    core.transactions()
        .joined(
            tx -> {
              PoolStore.Pool pool = locked(tx, name);
              tx.did(Act.of(Action.RESIZE, Act.Kind.POOL, name).from(pool.places()).to(size));
              resize(tx, pool, size, pool.declared());
              return null;
            });
  }

  private void resize(Tx tx, PoolStore.Pool pool, int size, int declared) {
    store.resize(tx.session(), pool.name(), size, declared);
    if (size != pool.places()) {
      news.sized(tx, pool.name(), "resized", size);
      tx.afterCommit(() -> changed.accept(pool.name()));
    }
  }

  private PoolStore.Pool locked(Tx tx, String name) {
    return store.lock(tx.session(), name).orElseThrow(() -> unknown(name));
  }

  private static UnknownPoolException unknown(String name) {
    return new UnknownPoolException(Message.UNKNOWN_POOL.with(quote(name)));
  }

  Optional<PoolView> find(String name) {
    return core.transactions().joined(tx -> rows.find(tx.session(), name));
  }

  PoolView existing(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  List<PoolView> all() {
    return core.transactions().joined(tx -> rows.all(tx.session()));
  }

  Optional<PoolTaskView> find(String pool, long id) {
    return core.transactions().joined(tx -> rows.find(tx.session(), pool, id));
  }

  Page<PoolTaskView> list(String pool, PoolTaskQuery query) {
    return core.transactions()
        .joined(
            tx -> {
              if (rows.declared(tx.session(), pool) == 0) {
                throw unknown(pool);
              }
              return rows.list(tx.session(), pool, query);
            });
  }

  /** Adds a task; returns its id. */
  long add(String pool, PoolTask task, Target target) {
    String name = task.name();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || !Texts.isClean(name)
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidConfigurationException("name", Message.TASK_NAME.with(pool, name.length()));
    }
    String payload = json.write("The payload of task '" + name + "'", task.payload());
    String asker = task.requestedBy();
    String by = asker == null ? caller.name() : Texts.told(asker, Texts.WHO);
    PoolStore.Work work = new PoolStore.Work(target.unit, target.code == null, payload, by);
    return core.transactions().joined(tx -> add(tx, pool, task, work, target.code));
  }

  private long add(
      Tx tx, String poolName, PoolTask task, PoolStore.Work work, @Nullable Work<?> code) {
    checkWorker(tx, work.worker());
    PoolStore.Pool pool = locked(tx, poolName);
    store
        .active(tx.session(), poolName, task.name())
        .ifPresent(
            other -> {
              throw new WrongStateException(
                  Message.TASK_NAME_TAKEN.with(poolName, task.name(), other.id(), word(other)));
            });
    long id = pool.lastTask() + 1;
    store.insert(
        tx.session(),
        new PoolStore.New(poolName, id, task.name(), work, task.priority()),
        tx.now());
    if (code != null) {
      memory.keep(tx, new PoolQueue.Key(poolName, id), code);
    }
    news.changed(tx, new PoolNews.About(poolName, id, task.name(), work.worker(), null), "added");
    tx.did(Act.daily(Action.ADD, Act.Kind.TASK, poolName + "/" + id).to(task.name()));
    tx.afterCommit(() -> changed.accept(poolName));
    return id;
  }

  private void checkWorker(Tx tx, String id) {
    UnitEntity unit = UnitId.isValid(id) ? units.find(tx.session(), id).orElse(null) : null;
    if (unit == null) {
      throw Units.unknown(quote(id));
    }
    if (unit.texts().kind() != UnitKind.WORKER) {
      throw new WrongStateException(Message.WRONG_KIND.with(id, "process", "worker"));
    }
    if (unit.facts().releasing()) {
      throw new WrongStateException(Message.WORKER_RELEASED.with(id));
    }
  }

  private static String word(PoolStore.Task task) {
    return task.state().name().toLowerCase(Locale.ROOT);
  }

  /** Pauses a task or ends its pause. */
  void move(String pool, long id, PoolTaskState to) {
    boolean pause = to == PoolTaskState.PAUSED;
    change(
        pool,
        id,
        pause ? Action.PAUSE : Action.RESUME,
        pause ? "paused" : "resumed",
        (tx, task) -> store.moveIfWaiting(tx.session(), pool, id, to));
  }

  void cancel(String pool, long id) {
    String by = "cancelled by " + caller.name();
    change(
        pool,
        id,
        Action.CANCEL,
        "canceled",
        (tx, task) -> store.cancelIfWaiting(tx.session(), pool, id, by, tx.now()));
  }

  void update(String pool, long id, PoolTaskChange change) {
    PoolTaskChange.NewPayload payload = change.payload();
    Integer priority = change.priority();
    String given =
        payload == null ? null : json.write("The payload of task " + id, payload.value());
    change(
        pool,
        id,
        Action.UPDATE,
        "updated",
        (tx, task) -> {
          boolean updated = false;
          if (priority != null) {
            updated = store.prioritizeIfWaiting(tx.session(), pool, id, priority);
          }
          if (payload != null) {
            updated |= store.givePayloadIfWaiting(tx.session(), pool, id, given);
          }
          return updated;
        });
  }

  private interface Change {
    /** Makes a change; tells whether there was anything to do. */
    boolean apply(Tx tx, PoolStore.Task task);
  }

  private void change(String pool, long id, Action action, String what, Change change) {
    core.transactions()
        .joined(
            tx -> {
              locked(tx, pool);
              PoolStore.Task task =
                  store
                      .find(tx.session(), pool, id)
                      .orElseThrow(
                          () -> new UnknownTaskException(Message.UNKNOWN_TASK.with(pool, id)));
              if (task.state() == PoolTaskState.RUNNING || task.state().isFinal()) {
                throw new WrongStateException(
                    Message.TASK_NOT_WAITING.with(id, task.name(), pool, word(task), what));
              }
              if (change.apply(tx, task)) {
                tx.did(Act.of(action, Act.Kind.TASK, pool + "/" + id));
                news.changed(
                    tx, new PoolNews.About(pool, id, task.name(), task.worker(), null), what);
                tx.afterCommit(() -> changed.accept(pool));
              }
              return null;
            });
  }

  PoolSimulation simulate(String name) {
    return core.transactions()
        .joined(
            tx -> {
              PoolView pool = rows.find(tx.session(), name).orElseThrow(() -> unknown(name));
              long free = pool.size() - pool.tasks().running();
              List<PoolSimulation.Planned> planned = new ArrayList<>();
              for (PoolQueue.Named task : queue.order(tx.session(), name)) {
                planned.add(
                    new PoolSimulation.Planned(task.id(), task.name(), planned.size() < free));
              }
              return new PoolSimulation(planned);
            });
  }
}
