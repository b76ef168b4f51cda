package io.synchronik.impl.tx;

import io.synchronik.impl.settings.Message;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.Payload;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON, with the limit on their size. What the application hands over is code of the
 * application too: its getters, constructors and adapters are called behind the boundary, and never
 * inside a transaction that the engine has begun for a change of its own.
 */
public final class Json {
  private final Jsonb jsonb;
  private final int limit;
  private final UserCode code;
  private final GenericRecords generics;

  public Json(Jsonb jsonb, int limit, UserCode code) {
    this.jsonb = jsonb;
    this.limit = limit;
    this.code = code;
    this.generics = new GenericRecords(jsonb);
  }

  /**
   * Writes a value that somebody gave.
   *
   * @param what names it in errors
   * @return null for null
   * @throws InvalidPayloadException if it cannot be written or is too large, or its code has left a
   *     transaction open or ended that of this thread
   */
  public @Nullable String write(String what, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    String json = text(what, value);
    if (json != null && json.length() > limit / 4) {
      int bytes = json.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limit) {
        throw new InvalidPayloadException(Message.PAYLOAD_TOO_LARGE.with(what, bytes, limit), null);
      }
    }
    return json;
  }

  @SuppressWarnings("NullAway") // null is what a payload may be
  private @Nullable String text(String what, Object value) {
    if (value instanceof JsonPayload payload) {
      return payload.json;
    }
    try {
      return code.onItsThread(
          () -> value instanceof Payload payload ? payload.json() : jsonb.toJson(value));
    } catch (Throwable e) {
      // The application's getters and adapters may throw anything
      throw new InvalidPayloadException(
          Message.PAYLOAD_UNWRITABLE.with(what, Failures.messageOf(e)), e);
    }
  }

  /** Returns whether a text is no larger than payloads may be. */
  public boolean fits(String json) {
    return json.length() <= limit / 4 || json.getBytes(StandardCharsets.UTF_8).length <= limit;
  }

  /** Returns JSON as a payload. */
  public Payload payload(@Nullable String json) {
    return new JsonPayload(this, json);
  }

  /**
   * Reads a value of a class; variables of a generic one stand for any value.
   *
   * @throws InvalidPayloadException if it does not fit
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // what JSON-B makes of a class is of it
  public <T> @Nullable T read(@Nullable String json, Class<T> type) {
    return (T) read(json, (Type) type);
  }

  /**
   * Reads a value of any type.
   *
   * @throws InvalidPayloadException if it does not fit, or what is made of it has left a
   *     transaction open or ended that of this thread
   */
  @SuppressWarnings("NullAway") // null is what JSON may say
  public @Nullable Object read(@Nullable String json, Type type) {
    if (json == null) {
      return null;
    }
    try {
      return code.onItsThread(
          () -> generics.holds(type) ? generics.read(json, type) : jsonb.fromJson(json, type));
    } catch (Throwable e) {
      // The application's constructors and adapters may throw anything
      throw new InvalidPayloadException(
          Message.PAYLOAD_UNREADABLE.with(type.getTypeName(), Failures.messageOf(e)), e);
    }
  }

  /** Writes texts by name, as the engine stores them itself. */
  public String writeMap(Map<String, ? extends @Nullable Object> values) {
    String flat = FlatJson.write(values);
    return flat == null ? jsonb.toJson(values) : flat;
  }

  /** Reads texts by name. */
  public Map<String, String> readTexts(String json) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (json.length() > 2) {
      readMap(json).forEach((name, value) -> texts.put(name, String.valueOf(value)));
    }
    return texts;
  }

  /** Reads values by name; numbers are decimals. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> readMap(String json) {
    return jsonb.fromJson(json, LinkedHashMap.class);
  }

  private record JsonPayload(Json mapper, @Nullable String json) implements Payload {
    @Override
    public <T> @Nullable T as(Class<T> type) {
      return mapper.read(json, type);
    }

    @Override
    public String toString() {
      return String.valueOf(json);
    }
  }
}
