package io.synchronik.impl.tx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts, whole numbers and flags by name as JSON. The engine writes such for each event, which
 * costs a mapper of objects several times as much.
 */
final class FlatJson {
  private static final String HEX = "0123456789abcdef";

  private FlatJson() {}

  /** Returns values as JSON, as a mapper writes it; null when some are of other kinds. */
  static @Nullable String write(Map<String, ? extends @Nullable Object> values) {
    StringBuilder json = new StringBuilder(64).append('{');
    for (Map.Entry<String, ? extends @Nullable Object> entry : values.entrySet()) {
      if (json.length() > 1) {
        json.append(',');
      }
      text(json, entry.getKey());
      json.append(':');
      Object value = entry.getValue();
      if (value instanceof String text) {
        text(json, text);
      } else if (value == null
          || value instanceof Integer
          || value instanceof Long
          || value instanceof Boolean) {
        json.append(value);
      } else {
        return null;
      }
    }
    return json.append('}').toString();
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
