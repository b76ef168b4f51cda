package io.synchronik.impl.pool;

import io.synchronik.impl.journal.ApartTransactions;
import io.synchronik.impl.settings.Message;
import io.synchronik.impl.unit.Core;
import io.synchronik.impl.unit.Definitions;
import io.synchronik.impl.unit.RegisteredUnit;
import io.synchronik.pool.PoolSimulation;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import io.synchronik.pool.PoolTaskQuery;
import io.synchronik.pool.PoolTaskState;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.pool.PoolView;
import io.synchronik.pool.WorkerPool;
import io.synchronik.pool.WorkerPools;
import io.synchronik.run.Page;
import io.synchronik.run.SynchronikException;
import io.synchronik.run.WrongStateException;
import io.synchronik.unit.UnitDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The public pools on an engine. */
public final class EnginePools implements WorkerPools {
  private final Uses uses;
  private final Pools pools;
  private final Function<UnitDefinition, RegisteredUnit> resolver;
  private final Function<Class<?>, ? extends Collection<String>> workers;

  /**
   * What the engine has made already.
   *
   * @param core of the engine
   * @param apart what is done whatever becomes of the caller's transaction
   * @param definitions of units
   */
  public record Uses(Core core, ApartTransactions apart, Definitions definitions) {}

  public EnginePools(
      Uses uses,
      Pools pools,
      Function<UnitDefinition, RegisteredUnit> resolver,
      Function<Class<?>, ? extends Collection<String>> workers) {
    this.uses = uses;
    this.pools = pools;
    this.resolver = resolver;
    this.workers = workers;
  }

  @Override
  public WorkerPool useWorkerPool(String name, int size) {
    pools.use(name, size);
    return new Pool(name);
  }

  @Override
  public Optional<WorkerPool> findWorkerPool(String name) {
    return pools.find(name).map(view -> new Pool(view.name()));
  }

  @Override
  public List<PoolView> listWorkerPools() {
    return pools.all();
  }

  private Pools.Target target(PoolTask.Target target) {
    if (target instanceof PoolTask.ById byId) {
      return new Pools.Target(byId.worker(), null);
    }
    if (target instanceof PoolTask.InMemory code) {
      return new Pools.Target(memoryWorker(), code.work());
    }
    Class<?> type = ((PoolTask.ByClass) target).beanClass();
    Collection<String> ids = workers.apply(type);
    if (ids.isEmpty()) {
      throw new WrongStateException(Message.CLASS_OF_NO_WORKER.with(type.getName()));
    }
    if (ids.size() > 1) {
      throw new WrongStateException(Message.CLASS_OF_WORKERS.with(type.getName(), ids));
    }
    return new Pools.Target(ids.iterator().next(), null);
  }

  /** Makes sure that the worker of code in memory is there, whatever becomes of the caller. */
  private synchronized String memoryWorker() {
    PoolMemory memory = pools.memory();
    if (uses.core.registry().find(memory.unit()) == null) {
      RegisteredUnit unit = resolver.apply(memory.definition());
      if (!uses.apart.work(
          "Registering the worker of tasks in memory", tx -> uses.definitions.register(unit))) {
        throw new SynchronikException(Message.NONE_LEFT_FOR_MEMORY.with());
      }
    }
    return memory.unit();
  }

  private final class Pool implements WorkerPool {
    private final String name;

    Pool(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public PoolView view() {
      return pools.existing(name);
    }

    @Override
    public long addTask(PoolTask task) {
      return pools.add(name, task, target(task.target()));
    }

    @Override
    public Optional<PoolTaskView> findTask(long id) {
      return pools.find(name, id);
    }

    @Override
    public Page<PoolTaskView> findTasks(PoolTaskQuery query) {
      return pools.list(name, query);
    }

    @Override
    public void pauseTask(long id) {
      pools.move(name, id, PoolTaskState.PAUSED);
    }

    @Override
    public void resumeTask(long id) {
      pools.move(name, id, PoolTaskState.PENDING);
    }

    @Override
    public void cancelTask(long id) {
      pools.cancel(name, id);
    }

    @Override
    public void updateTask(long id, PoolTaskChange change) {
      pools.update(name, id, change);
    }

    @Override
    public void resize(int size) {
      pools.resize(name, size);
    }

    @Override
    public PoolSimulation simulateRun() {
      return pools.simulate(name);
    }

    @Override
    public String toString() {
      return "pool " + name;
    }
  }
}
