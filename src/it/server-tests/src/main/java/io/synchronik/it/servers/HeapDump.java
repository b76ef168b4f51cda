package io.synchronik.it.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/** A heap dump of a server's JVM, to tell what holds class loaders that should be gone. */
final class HeapDump {
  private static final int OBJECT = 2;
  private static final int[] SIZES = {0, 0, 8, 0, 1, 2, 4, 8, 1, 2, 4, 8};
  private static final String REFERENT = "referent";
  private static final String CLASS = "(class)";

  private final Map<Long, String> strings = new HashMap<>();
  private final Map<Long, Type> types = new HashMap<>();
  private final Map<Long, String> roots = new HashMap<>();
  private final HeapReferences references = new HeapReferences();

  private record Type(String name, long parent, long loader, List<Field> fields) {}

  private record Field(String name, int type) {}

  HeapDump(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
    references.sort();
  }

  /** Tells for each class loader that has loaded a class of this name how a root leads to it. */
  String holders(String type) {
    Set<Long> loaders = new TreeSet<>();
    for (Type one : types.values()) {
      if (one.name.equals(type)) {
        loaders.add(one.loader);
      }
    }
    StringBuilder told = new StringBuilder();
    for (long loader : loaders) {
      told.append("\nloader ").append(Long.toHexString(loader)).append(" is held");
      String strong = way(loader, false);
      told.append(strong.isEmpty() ? " softly, if at all," + way(loader, true) : strong);
    }
    return told.toString();
  }

  /** Goes from what is held to those who hold it, until one of them is a root. */
  private String way(long target, boolean softly) {
    Map<Long, Integer> steps = new HashMap<>();
    Queue<Long> next = new ArrayDeque<>(List.of(target));
    while (!next.isEmpty()) {
      long at = next.remove();
      if (at != target && roots.containsKey(at)) {
        return told(at, target, steps);
      }
      references.to(
          at,
          reference -> {
            boolean counts = softly || !references.field(reference).equals(REFERENT);
            long holder = references.holder(reference);
            if (counts && holder != target && steps.putIfAbsent(holder, reference) == null) {
              next.add(holder);
            }
          });
    }
    return "";
  }

  private String told(long root, long target, Map<Long, Integer> steps) {
    StringBuilder told = new StringBuilder(" by a ").append(roots.get(root));
    for (long at = root; at != target; ) {
      int reference = Objects.requireNonNull(steps.get(at));
      told.append("\n  ").append(nameOf(at)).append('.').append(references.field(reference));
      at = references.held(reference);
    }
    return told.toString();
  }

  private String nameOf(long object) {
    Type type = types.get(object);
    return type == null ? name(references.held(object, CLASS)) : type.name;
  }

  private void read(ByteBuffer in) {
    skip(in, "JAVA PROFILE 1.0.2".length() + 1);
    if (in.getInt() != Long.BYTES) {
      throw new IllegalArgumentException("Not a dump of a JVM with 64 bits");
    }
    in.getLong();
    while (in.hasRemaining()) {
      int tag = in.get();
      in.getInt();
      record(in, tag, in.getInt());
    }
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }

  private void record(ByteBuffer in, int tag, int length) {
    switch (tag) {
      case 0x01 -> {
        long id = in.getLong();
        byte[] text = new byte[length - Long.BYTES];
        in.get(text);
        strings.put(id, new String(text, StandardCharsets.UTF_8));
      }
      case 0x02 -> {
        in.getInt();
        long id = in.getLong();
        in.getInt();
        String name = strings.getOrDefault(in.getLong(), "?").replace('/', '.');
        types.putIfAbsent(id, new Type(name, 0, 0, List.of()));
      }
      case 0x0C, 0x1C -> {
        for (int left = length; left > 0; ) {
          left -= part(in, in.get() & 0xFF);
        }
      }
      default -> skip(in, length);
    }
  }

  /** Reads a part of a heap; returns how long it is. */
  private int part(ByteBuffer in, int tag) {
    return switch (tag) {
      case 0xFF -> root(in, "unknown root", 0);
      case 0x01 -> root(in, "JNI global", 8);
      case 0x02 -> root(in, "JNI local", 8);
      case 0x03 -> root(in, "frame of a thread", 8);
      case 0x04 -> root(in, "native stack", 4);
      case 0x05 -> root(in, "class of the JDK", 0);
      case 0x06 -> root(in, "thread block", 4);
      case 0x07 -> root(in, "monitor", 0);
      case 0x08 -> root(in, "thread", 8);
      case 0x20 -> type(in);
      case 0x21 -> instance(in);
      case 0x22 -> array(in);
      case 0x23 -> {
        skip(in, 12);
        int count = in.getInt();
        int bytes = count * SIZES[in.get()];
        skip(in, bytes);
        yield 18 + bytes;
      }
      default -> throw new IllegalArgumentException("Unknown part of a heap: " + tag);
    };
  }

  private int root(ByteBuffer in, String kind, int more) {
    roots.put(in.getLong(), kind);
    skip(in, more);
    return 9 + more;
  }

  private int type(ByteBuffer in) {
    long id = in.getLong();
    in.getInt();
    long parent = in.getLong();
    long loader = in.getLong();
    references.add(id, "(superclass)", parent);
    references.add(id, "(class loader)", loader);
    for (int i = 0; i < 4; i++) {
      references.add(id, "(signers or domain)", in.getLong());
    }
    in.getInt();
    int length = 1 + 7 * 8 + 2 * 4 + 3 * 2;
    int constants = Short.toUnsignedInt(in.getShort());
    for (int i = 0; i < constants; i++) {
      in.getShort();
      length += 2 + value(in, id, "constant");
    }
    int statics = Short.toUnsignedInt(in.getShort());
    for (int i = 0; i < statics; i++) {
      String field = strings.getOrDefault(in.getLong(), "?");
      length += 8 + value(in, id, "static " + field);
    }
    int count = Short.toUnsignedInt(in.getShort());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String field = strings.getOrDefault(in.getLong(), "?");
      fields.add(new Field(field, in.get()));
      length += 9;
    }
    types.put(id, new Type(name(id), parent, loader, fields));
    return length;
  }

  private int value(ByteBuffer in, long holder, String field) {
    int type = in.get();
    if (type == OBJECT) {
      references.add(holder, field, in.getLong());
    } else {
      skip(in, SIZES[type]);
    }
    return 1 + SIZES[type];
  }

  private int instance(ByteBuffer in) {
    long id = in.getLong();
    in.getInt();
    long type = in.getLong();
    int length = in.getInt();
    ByteBuffer values = in.slice(in.position(), length);
    skip(in, length);
    references.add(id, CLASS, type);
    for (Type at = types.get(type);
        at != null && values.hasRemaining();
        at = types.get(at.parent)) {
      for (Field field : at.fields) {
        if (field.type == OBJECT) {
          references.add(id, field.name, values.getLong());
        } else {
          values.position(values.position() + SIZES[field.type]);
        }
      }
    }
    return 25 + length;
  }

  private int array(ByteBuffer in) {
    long id = in.getLong();
    in.getInt();
    int count = in.getInt();
    references.add(id, CLASS, in.getLong());
    for (int i = 0; i < count; i++) {
      references.add(id, "(element)", in.getLong());
    }
    return 25 + 8 * count;
  }

  private String name(long type) {
    Type known = types.get(type);
    return known == null ? "?" : known.name;
  }
}
