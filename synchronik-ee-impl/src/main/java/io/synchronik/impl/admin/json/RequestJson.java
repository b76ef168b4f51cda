package io.synchronik.impl.admin.json;

import jakarta.json.Json;
import jakarta.json.JsonArray;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: one JSON object, an array of such, or nothing. Every complaint names the
 * field. Texts are taken as they are: no expression in them is ever expanded.
 */
public final class RequestJson {
  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private static final int LATEST_YEAR = 9999;
  private static final int LONGEST_OF_MANY = 200;

  /** Named in complaints about all of the body. */
  private static final String BODY = "body";

  /** Stands before the names of fields in complaints; empty when the body is one object. */
  private final String place;

  private final JsonObject fields;

  private RequestJson(String place, JsonObject fields) {
    this.place = place;
    this.fields = fields;
  }

  /**
   * Reads a body that may have some fields and no others.
   *
   * @throws ProblemException if it is anything else
   */
  public static RequestJson read(InputStream body, String... allowed) throws IOException {
    return readAny(body).checked(List.of(allowed));
  }

  /**
   * Reads a body that is an array of objects, which may have some fields and no others.
   *
   * @throws ProblemException if it is anything else
   */
  public static List<RequestJson> readAll(InputStream body, String... allowed) throws IOException {
    List<String> known = List.of(allowed);
    List<RequestJson> all = new ArrayList<>();
    JsonValue array = parse(body.readAllBytes(), JsonParser.Event.START_ARRAY, "array");
    for (JsonValue element : array.asJsonArray()) {
      String place = "[" + all.size() + "]";
      if (!(element instanceof JsonObject fields)) {
        throw ProblemException.badRequest(place, "must be a JSON object");
      }
      all.add(new RequestJson(place + ".", fields).checked(known));
    }
    return all;
  }

  private RequestJson checked(List<String> known) {
    for (String field : fields.keySet()) {
      if (!known.contains(field)) {
        throw wrong(field, "There is no such field; known: " + known);
      }
    }
    return this;
  }

  /** A complaint about a field. */
  public ProblemException wrong(String field, String detail) {
    return ProblemException.badRequest(place + field, detail);
  }

  /**
   * Reads a body with any fields.
   *
   * @throws ProblemException if it is no JSON object
   */
  public static RequestJson readAny(InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    if (bytes.length == 0) {
      return new RequestJson("", JsonValue.EMPTY_JSON_OBJECT);
    }
    JsonValue object = parse(bytes, JsonParser.Event.START_OBJECT, "object");
    return new RequestJson("", object.asJsonObject());
  }

  private static JsonValue parse(byte[] bytes, JsonParser.Event begin, String what) {
    try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(bytes))) {
      if (parser.next() != begin) {
        throw ProblemException.badRequest(BODY, "must be a JSON " + what);
      }
      JsonValue value = parser.getValue();
      if (parser.hasNext()) {
        throw ProblemException.badRequest(
            BODY, "must be one JSON %s and nothing else".formatted(what));
      }
      return value;
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

  public boolean flag(String field) {
    JsonValue value = value(field);
    if (value != null && value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw wrong(field, "must be true or false");
    }
    return value == JsonValue.TRUE;
  }

  public String text(String field) {
    if (value(field) instanceof JsonString text) {
      return text.getString();
    }
    throw wrong(field, "must be a text");
  }

  /** Returns a text that a database can store; null when it is absent or null. */
  public @Nullable String plainText(String field, int longest) {
    return value(field) == null ? null : Parameters.plainText(place + field, text(field), longest);
  }

  /**
   * Reads a field that is an object, which may have some fields and no others; one without any when
   * it is absent or null.
   */
  public RequestJson object(String field, String... allowed) {
    JsonValue value = value(field);
    if (value == null) {
      return new RequestJson(place + field + ".", JsonValue.EMPTY_JSON_OBJECT);
    }
    if (value instanceof JsonObject object) {
      return new RequestJson(place + field + ".", object).checked(List.of(allowed));
    }
    throw wrong(field, "must be a JSON object");
  }

  /** Reads texts that a database can store; none when the field is absent or null. */
  public List<String> plainTexts(String field) {
    JsonValue value = value(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      throw wrong(field, "must be an array of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue element : array) {
      if (!(element instanceof JsonString text)) {
        throw wrong(field, "must be an array of texts");
      }
      texts.add(Parameters.plainText(place + field, text.getString(), LONGEST_OF_MANY));
    }
    return texts;
  }

  /** Reads a whole number; null when the field is absent or null. */
  public @Nullable Integer number(String field) {
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
    throw wrong(
        field,
        "must be a whole number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** Tells whether a field is there, be it null. */
  public boolean has(String field) {
    return fields.containsKey(field);
  }

  public @Nullable Instant time(String field) {
    if (value(field) == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text(field));
      if (time.getYear() >= 1 && time.getYear() <= LATEST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // told below, as for a time that no database has
    }
    throw wrong(field, "must be a time in ISO-8601 with an offset, such as 2030-01-31T08:00:00Z");
  }

  /** Returns a field's value; null when it is absent or null. */
  public @Nullable JsonValue value(String field) {
    JsonValue value = fields.get(field);
    return value == JsonValue.NULL ? null : value;
  }

  /** Returns all fields as texts; a null stays null. */
  public Map<String, @Nullable String> texts() {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    fields.forEach((field, value) -> texts.put(field, plain(field, value)));
    return texts;
  }

  private @Nullable String plain(String field, JsonValue value) {
    return switch (value.getValueType()) {
      case NULL -> null;
      case STRING -> ((JsonString) value).getString();
      case NUMBER, TRUE, FALSE -> value.toString();
      case OBJECT, ARRAY -> throw wrong(field, "must be a text, a number, true, false or null");
    };
  }
}
