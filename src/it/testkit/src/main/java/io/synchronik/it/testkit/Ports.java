package io.synchronik.it.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports that nobody listens on. */
public final class Ports {
  /** Where sums with the ports of servers are not among those that are given to clients. */
  private static final int FIRST_OFFSET = 11_000;

  private static final int LAST_OFFSET = 19_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** Returns a free port of the loopback interface; in this JVM each is given once. */
  public static int free() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns a number that makes all these ports free when it is added to them. */
  public static synchronized int freeOffset(int... ports) {
    int offset =
        ThreadLocalRandom.current()
            .ints(FIRST_OFFSET, LAST_OFFSET)
            .filter(added -> IntStream.of(ports).allMatch(port -> isFree(port + added)))
            .findFirst()
            .orElseThrow();
    IntStream.of(ports).forEach(port -> GIVEN.add(port + offset));
    return offset;
  }

  private static boolean isFree(int port) {
    if (GIVEN.contains(port)) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
