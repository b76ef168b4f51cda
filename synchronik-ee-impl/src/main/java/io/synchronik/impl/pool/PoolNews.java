package io.synchronik.impl.pool;

import io.synchronik.impl.journal.Milestones;
import io.synchronik.impl.store.pool.PoolQueue;
import io.synchronik.impl.tx.Json;
import io.synchronik.impl.tx.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is announced of pools: milestones {@code pool:<name>:<what>}. */
public final class PoolNews {
  /**
   * A task.
   *
   * @param pool its pool
   * @param id its id
   * @param name its name
   * @param worker the unit that works on it
   * @param run its run, null before there is one
   */
  record About(String pool, long id, String name, String worker, @Nullable String run) {}

  private final Milestones milestones;
  private final Json json;

  public PoolNews(Milestones milestones, Json json) {
    this.milestones = milestones;
    this.json = json;
  }

  /** A pool was created or has another size. */
  void sized(Tx tx, String pool, String what, int size) {
    milestones.add(tx, id(pool, what), json.writeMap(Map.of("size", size)), null, null);
  }

  void begun(Tx tx, About task) {
    changed(tx, task, "started");
  }

  void ended(Tx tx, About task, PoolQueue.End end) {
    changed(
        tx,
        task,
        switch (end.state()) {
          case COMPLETED -> "completed";
          case CANCELED -> "canceled";
          default -> "failed";
        });
  }

  /** Something else has become of a task. */
  void changed(Tx tx, About task, String what) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("task", task.id);
    content.put("name", task.name);
    milestones.add(tx, id(task.pool, what), json.writeMap(content), task.worker, task.run);
  }

  private static String id(String pool, String what) {
    return "pool:" + pool + ":" + what;
  }
}
