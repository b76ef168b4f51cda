package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.pool.PoolTask;
import io.synchronik.pool.PoolTaskChange;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How tasks of pools are asked for and changed over HTTP. */
final class RequestedTask {
  private static final String NAME = "name";
  private static final String WORKER = "worker";
  private static final String PRIORITY = "priority";
  private static final String PAYLOAD = "payload";

  private RequestedTask() {}

  /**
   * Reads a task.
   *
   * @param body as {@link Bodies.Task} has it
   * @param caller who asks
   */
  static PoolTask read(InputStream body, String caller) throws IOException {
    RequestJson json = RequestJson.read(body, NAME, WORKER, PRIORITY, PAYLOAD);
    Integer priority = json.number(PRIORITY);
    return PoolTask.of(json.text(NAME), json.text(WORKER))
        .withPriority(priority == null ? 0 : priority)
        .withPayload(json.value(PAYLOAD))
        .by(caller);
  }

  /**
   * Reads a change.
   *
   * @param body as {@link Bodies.TaskChange} has it
   */
  static PoolTaskChange change(InputStream body) throws IOException {
    RequestJson json = RequestJson.read(body, PRIORITY, PAYLOAD);
    Integer priority = json.number(PRIORITY);
    PoolTaskChange change = PoolTaskChange.NONE;
    if (priority != null) {
      change = change.withPriority(priority);
    }
    return json.has(PAYLOAD) ? change.withPayload(json.value(PAYLOAD)) : change;
  }

  /** Reads a size. */
  static int size(InputStream body) throws IOException {
    Integer size = RequestJson.read(body, "size").number("size");
    if (size == null) {
      throw ProblemException.badRequest("size", "must be a whole number");
    }
    return size;
  }

  /** Reads an id of a task, null when no task can have it. */
  static @Nullable Long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
