package io.synchronik.impl.admin.json;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON objects: components in their order, nulls left out, times in ISO-8601,
 * enums in lower case. JSON-B cannot see package-private records, and the order and the nulls
 * should not depend on which implementation of it the application has.
 */
public final class RecordJson {
  private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private RecordJson() {}

  /** The entries of the map stand in the record's own object. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Inline {}

  public static String write(Record record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = GENERATORS.createGenerator(text)) {
      object(out, record);
    }
    return text.toString();
  }

  /** Takes up what the engine has stored as JSON. */
  static @Nullable JsonValue parse(@Nullable String json) {
    if (json == null) {
      return null;
    }
    try (JsonReader reader = READERS.createReader(new StringReader(json))) {
      return reader.readValue();
    } catch (JsonException e) {
      return Json.createValue(json);
    }
  }

  private static void object(JsonGenerator out, Record record) {
    out.writeStartObject();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = read(component, record);
      if (component.isAnnotationPresent(Inline.class) && value instanceof Map<?, ?> entries) {
        entries(out, entries);
      } else {
        field(out, component.getName(), value);
      }
    }
    out.writeEnd();
  }

  private static void entries(JsonGenerator out, Map<?, ?> entries) {
    entries.forEach((name, value) -> field(out, name.toString(), value));
  }

  private static void field(JsonGenerator out, String name, @Nullable Object value) {
    if (value != null) {
      out.writeKey(name);
      value(out, value);
    }
  }

  private static void value(JsonGenerator out, Object value) {
    if (value instanceof JsonValue json) {
      out.write(json);
    } else if (value instanceof Record record) {
      object(out, record);
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      entries(out, map);
      out.writeEnd();
    } else if (value instanceof Iterable<?> items) {
      out.writeStartArray();
      items.forEach(item -> value(out, item));
      out.writeEnd();
    } else if (value instanceof Boolean flag) {
      out.write(flag);
    } else if (value instanceof Double number) {
      out.write(number);
    } else if (value instanceof Number number) {
      out.write(number.longValue());
    } else if (value instanceof Enum<?> constant) {
      out.write(EnumText.write(constant));
    } else {
      out.write(value.toString());
    }
  }

  private static @Nullable Object read(RecordComponent component, Record record) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
