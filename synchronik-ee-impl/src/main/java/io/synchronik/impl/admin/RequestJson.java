package io.synchronik.impl.admin;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: one JSON object, or nothing. Every complaint names the field. Texts are
 * taken as they are: no expression in them is ever expanded.
 */
final class RequestJson {
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  /** Named in complaints about all of the body. */
  private static final String BODY = "body";

  private final JsonObject fields;

  private RequestJson(JsonObject fields) {
    this.fields = fields;
  }

  /**
   * Reads a body that may have some fields and no others.
   *
   * @throws ProblemException if it is anything else
   */
  static RequestJson read(InputStream body, String... allowed) throws IOException {
    RequestJson json = readAny(body);
    List<String> known = List.of(allowed);
    for (String field : json.fields.keySet()) {
      if (!known.contains(field)) {
        throw ProblemException.badRequest(field, "There is no such field; known: " + known);
      }
    }
    return json;
  }

  /**
   * Reads a body with any fields.
   *
   * @throws ProblemException if it is no JSON object
   */
  static RequestJson readAny(InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    if (bytes.length == 0) {
      return new RequestJson(JsonValue.EMPTY_JSON_OBJECT);
    }
    return new RequestJson(parse(bytes));
  }

  private static JsonObject parse(byte[] bytes) {
    try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(bytes))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        throw ProblemException.badRequest(BODY, "must be a JSON object");
      }
      JsonObject object = parser.getObject();
      if (parser.hasNext()) {
        throw ProblemException.badRequest(BODY, "must be one JSON object and nothing else");
      }
      return object;
    } catch (JsonParsingException e) {
      JsonLocation where = e.getLocation();
      throw ProblemException.badRequest(
          BODY,
          "is not JSON: error in line %d, column %d"
              .formatted(where.getLineNumber(), where.getColumnNumber()));
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // what parsers say to wrong encodings and to nesting without end is up to them
      throw ProblemException.badRequest(BODY, "is not JSON that can be read");
    }
  }

  boolean flag(String field) {
    JsonValue value = value(field);
    if (value != null && value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw ProblemException.badRequest(field, "must be true or false");
    }
    return value == JsonValue.TRUE;
  }

  String text(String field) {
    if (value(field) instanceof JsonString text) {
      return text.getString();
    }
    throw ProblemException.badRequest(field, "must be a text");
  }

  /** Reads a whole number; null when the field is absent or null. */
  @Nullable Integer number(String field) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    try {
      if (value instanceof JsonNumber number) {
        return number.bigDecimalValue().intValueExact();
      }
    } catch (ArithmeticException e) {
      // told below, as for anything else
    }
    throw ProblemException.badRequest(
        field,
        "must be a whole number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** Tells whether a field is there, be it null. */
  boolean has(String field) {
    return fields.containsKey(field);
  }

  @Nullable Instant time(String field) {
    if (value(field) == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text(field)).toInstant();
    } catch (DateTimeException e) {
      throw ProblemException.badRequest(
          field, "must be a time in ISO-8601 with an offset, such as 2030-01-31T08:00:00Z");
    }
  }

  /** Returns a field's value; null when it is absent or null. */
  @Nullable JsonValue value(String field) {
    JsonValue value = fields.get(field);
    return value == JsonValue.NULL ? null : value;
  }

  /** Returns all fields as texts; a null stays null. */
  Map<String, @Nullable String> texts() {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    fields.forEach((field, value) -> texts.put(field, plain(field, value)));
    return texts;
  }

  private static @Nullable String plain(String field, JsonValue value) {
    return switch (value.getValueType()) {
      case NULL -> null;
      case STRING -> ((JsonString) value).getString();
      case NUMBER, TRUE, FALSE -> value.toString();
      case OBJECT, ARRAY ->
          throw ProblemException.badRequest(field, "must be a text, a number, true, false or null");
    };
  }
}
