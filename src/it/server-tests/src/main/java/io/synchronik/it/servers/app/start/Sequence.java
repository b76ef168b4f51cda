package io.synchronik.it.servers.app.start;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What happens in one server's JVM, in its order, of all applications with these classes. */
final class Sequence {
  private static final String KEY = Sequence.class.getName();
  private static final int PARTS = 100;
  private static final int BYTES = 1 << 20;

  private Sequence() {}

  /** Adds something to what happened in this application. */
  static void add(String what) {
    known().add(application() + " " + what);
  }

  @SuppressWarnings("unchecked") // nobody else knows the key
  private static Collection<String> known() {
    return (Collection<String>)
        System.getProperties().computeIfAbsent(KEY, key -> new ConcurrentLinkedQueue<String>());
  }

  static List<String> all() {
    return List.copyOf(known());
  }

  /** Computes for a while; says before and after it what that is, and which threads there are. */
  static void lasts(String what) {
    add(what + " began" + threads());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < PARTS; i++) {
        digest.update(new byte[BYTES]);
      }
      add(what + (digest.digest().length == 0 ? " did nothing" : " ended") + threads());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names the engine's threads of this application, but for the one that awaits its start. */
  private static String threads() {
    String end = " " + application();
    return " "
        + Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("synchronik-") && name.endsWith(end))
            .filter(name -> !name.startsWith("synchronik-start"))
            .sorted()
            .toList();
  }

  @SuppressWarnings("BanJNDI") // a constant
  private static String application() {
    try {
      return new InitialContext().lookup("java:module/ModuleName").toString();
    } catch (NamingException e) {
      throw new IllegalStateException(e);
    }
  }
}
