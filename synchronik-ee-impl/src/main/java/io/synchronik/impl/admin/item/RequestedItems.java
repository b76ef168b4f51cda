package io.synchronik.impl.admin.item;

import io.synchronik.impl.admin.json.Bodies;
import io.synchronik.impl.admin.json.RequestJson;
import io.synchronik.item.NewItem;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How items are added over HTTP: a body with an array of them. */
final class RequestedItems {
  private static final int LONGEST_KEY = 200;

  private RequestedItems() {}

  /**
   * Reads a request.
   *
   * @param body an array of what {@link Bodies.Item} has
   * @throws ProblemException if something is wrong with it
   */
  static List<NewItem<@Nullable JsonValue>> read(InputStream body) throws IOException {
    return RequestJson.readAll(body, "payload", "key", "mutex", "priority", "dueAt", "deadline")
        .stream()
        .map(RequestedItems::item)
        .toList();
  }

  @SuppressWarnings("NullAway") // a payload may be null
  private static NewItem<@Nullable JsonValue> item(RequestJson json) {
    Integer priority = json.number("priority");
    return new NewItem<@Nullable JsonValue>(
        json.value("payload"),
        json.plainText("key", LONGEST_KEY),
        json.plainText("mutex", LONGEST_KEY),
        priority == null ? 0 : priority,
        json.time("dueAt"),
        json.time("deadline"));
  }
}
