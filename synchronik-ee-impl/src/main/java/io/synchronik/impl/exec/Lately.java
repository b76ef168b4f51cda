package io.synchronik.impl.exec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said of some keys lately; the oldest is forgotten. Safe for use by several threads. */
public final class Lately<K, V> {
  private static final int MOST = 1000;

  private final Map<K, V> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
          return size() > MOST;
        }
      };

  public synchronized void say(K key, V value) {
    said.put(key, value);
  }

  /** Returns what was said last of a key; null when that is nothing, or long ago. */
  public synchronized @Nullable V of(K key) {
    return said.get(key);
  }
}
