package io.synchronik.impl.admin.journal;

import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.impl.settings.AdminSettings;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of events on this node, bounded per user. While there are any, a timer of the
 * server drives their heartbeats; without them a reader that is gone would be noticed only by the
 * next events.
 */
@ApplicationScoped
class EventStreams {
  @Inject AdminSettings settings;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  ManagedExecutorService executor;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  ManagedScheduledExecutorService timer;

  private final Map<String, Set<EventStream>> open = new HashMap<>();
  private @Nullable ScheduledFuture<?> beats;

  /**
   * Opens a stream on the request's thread.
   *
   * @param after the position behind which it begins
   * @throws ProblemException if the user has as many as allowed
   */
  void open(String user, EventSource source, EventOutlet outlet, long after) {
    AdminSettings.Streams bounds = settings.streams();
    EventStream stream =
        new EventStream(source, outlet, executor, bounds.backlog(), it -> leave(user, it));
    if (!enter(user, stream)) {
      // One of them may be gone without anybody having noticed yet.
      streamsOf(user).forEach(EventStream::probe);
      throw new ProblemException(
          ProblemJson.of(
              429,
              "At most %d streams of events per user (synchronik.admin.streams-per-user)"
                  .formatted(bounds.perUser())));
    }
    try {
      // Sent here, so that the response stands before another thread sends: Jersey would put all
      // that comes earlier into a queue without bounds.
      outlet.comment("connected");
    } catch (RuntimeException | Error e) {
      leave(user, stream);
      throw e;
    }
    stream.start(after);
  }

  private synchronized boolean enter(String user, EventStream stream) {
    Set<EventStream> streams = open.computeIfAbsent(user, key -> new HashSet<>());
    if (streams.size() >= settings.streams().perUser()) {
      return false;
    }
    streams.add(stream);
    if (beats == null) {
      long pause = settings.streams().heartbeat().toMillis();
      beats = timer.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  private synchronized void leave(String user, EventStream stream) {
    open.computeIfPresent(
        user, (key, streams) -> streams.remove(stream) && streams.isEmpty() ? null : streams);
    if (open.isEmpty() && beats != null) {
      beats.cancel(false);
      beats = null;
    }
  }

  private synchronized List<EventStream> streamsOf(String user) {
    return List.copyOf(open.getOrDefault(user, Set.of()));
  }

  private synchronized List<EventStream> all() {
    return open.values().stream().flatMap(Set::stream).toList();
  }

  private void beat() {
    all().forEach(EventStream::beat);
  }

  @PreDestroy
  void end() {
    all().forEach(EventStream::endHere);
  }
}
