package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.Parameters;
import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.monitor.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody asks for something. It comes in a header, so that all requests can have it; headers
 * carry no more than ASCII, so that other characters are written as in addresses.
 */
final class GivenReason {
  static final String HEADER = "X-Synchronik-Reason";
  private static final int HEX = 16;

  private GivenReason() {}

  /**
   * Reads it.
   *
   * @param text of the header, null when there is none
   * @return null when there is none
   * @throws ProblemException if it is too long or not written so
   */
  static @Nullable String read(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return Parameters.plainText(HEADER, decoded(text).strip(), AuditEntry.LONGEST_REASON);
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(hex(text, i + 1) * HEX + hex(text, i + 2));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw wrong();
    }
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
    if (digit < 0) {
      throw wrong();
    }
    return digit;
  }

  private static ProblemException wrong() {
    return ProblemException.badRequest(
        HEADER, "must have percent signs and what is not ASCII as %XX of its UTF-8");
  }
}
