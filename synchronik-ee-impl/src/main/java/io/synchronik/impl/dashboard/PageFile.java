package io.synchronik.impl.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** A file of the page. */
final class PageFile {
  private static final String FOLDER = "page/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "css", "text/css;charset=UTF-8",
          "svg", "image/svg+xml",
          "txt", "text/plain;charset=UTF-8");
  private static final Map<String, PageFile> READ = new ConcurrentHashMap<>();

  private final String type;
  private final boolean lasting;
  private final byte[] plain;
  private final byte[] zipped;

  /**
   * Creates one.
   *
   * @param type its media type
   * @param lasting whether what it holds never changes under its name
   * @param zipped the same as {@code plain} where zipping it is not worth it
   */
  PageFile(String type, boolean lasting, byte[] plain, byte[] zipped) {
    this.type = type;
    this.lasting = lasting;
    this.plain = plain;
    this.zipped = zipped;
  }

  /** Finds a file; one that is there is read once. */
  static Optional<PageFile> find(String name) throws IOException {
    PageFile known = READ.get(name);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (known != null || type == null || !NAME.matcher(name).matches()) {
      return Optional.ofNullable(known);
    }
    try (InputStream in = PageFile.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] plain = in.readAllBytes();
      PageFile file = new PageFile(type, name.startsWith("chunk-"), plain, zip(plain));
      READ.put(name, file);
      return Optional.of(file);
    }
  }

  private static byte[] zip(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    return zipped.toByteArray();
  }

  String type() {
    return type;
  }

  boolean lasting() {
    return lasting;
  }

  /** Names what it holds and in which form: a strong tag stands for the very same bytes. */
  String tag(byte[] body) {
    String form = isZipped(body) ? "-gz" : "";
    return "\"" + Integer.toHexString(Arrays.hashCode(plain)) + form + "\"";
  }

  /** Returns what it holds, zipped for who can read that and when it is worth it. */
  byte[] body(boolean zips) {
    return zips ? zipped : plain;
  }

  boolean isZipped(byte[] body) {
    return body != plain;
  }
}
