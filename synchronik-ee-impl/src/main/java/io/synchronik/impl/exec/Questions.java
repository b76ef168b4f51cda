package io.synchronik.impl.exec;

import io.synchronik.impl.settings.DurationText;
import io.synchronik.impl.settings.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the engine asks the application's code in order to decide: on threads of their own, each for
 * a limited time. One that has not answered by then is interrupted and answers nothing any more. Of
 * each unit some are asked at once and the others wait for them in their order, so that code that
 * ignores its interrupt keeps those threads and no others.
 */
public final class Questions {
  private static final Logger LOG = System.getLogger(Questions.class.getName());

  /** So many questions of one unit are asked at once. */
  static final int MOST_OF_ONE = 4;

  private static final int MOST_FRAMES = 6;

  /**
   * What is asked.
   *
   * @param unit whose code it is
   * @param run what it is about
   * @param kind what the code is for, as the beginning of a sentence
   * @param code the class or method
   */
  public record Question(String unit, String run, String kind, String code) {
    /** The name of a lambda's class tells no more than where it is written. */
    public Question {
      int lambda = code.indexOf("$$Lambda");
      code = lambda < 0 ? code : code.substring(0, lambda) + ", a lambda";
    }
  }

  /** Calls application code; afterwards the thread is as before. */
  @FunctionalInterface
  public interface Boundary {
    /** Returns what the code returns, and throws what it throws. */
    @Nullable Object call(Callable<? extends @Nullable Object> code) throws Throwable;
  }

  /** There is no answer within the limit; it was reported. */
  public static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unanswered(String message) {
      super(message, null, false, false);
    }
  }

  /** The engine stops: somebody else asks. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the engine stops", null, false, false);
    }
  }

  private final Strands threads;
  private final EngineThreads alarms;
  private final Boundary boundary;
  private final InstantSource clock;
  private final Duration limit;

  /** Guarded by itself, as is what is in it; and so is whether it is closed. */
  private final Map<String, OfUnit> units = new HashMap<>();

  private final Set<Asked> askedHere = new HashSet<>();
  private boolean closed;

  /** The questions of one unit. */
  private static final class OfUnit {
    final Deque<Asked> waiting = new ArrayDeque<>();
    final List<Asked> asked = new ArrayList<>();

    boolean isStuck() {
      return asked.size() == MOST_OF_ONE && asked.stream().allMatch(one -> one.expired);
    }
  }

  /**
   * Creates them.
   *
   * @param threads that nobody else uses
   * @param alarms tell when the limit is over
   * @param boundary around the code
   * @param clock tells since when
   * @param limit of each question
   */
  public Questions(
      Strands threads,
      EngineThreads alarms,
      Boundary boundary,
      InstantSource clock,
      Duration limit) {
    this.threads = threads;
    this.alarms = alarms;
    this.boundary = boundary;
    this.clock = clock;
    this.limit = limit;
  }

  public void open() {
    threads.open(alarms);
  }

  /** Asks nothing more, and interrupts what is asked; nobody waits for an answer any more. */
  public void close(Duration atMost) {
    stop();
    threads.close(atMost);
  }

  /** Lets nobody wait for an answer any more. */
  public void stop() {
    List<Asked> left = new ArrayList<>();
    synchronized (units) {
      closed = true;
      units.values().forEach(of -> left.addAll(of.waiting));
      units.values().forEach(of -> left.addAll(of.asked));
      units.values().forEach(of -> of.waiting.clear());
      askedHere.forEach(Asked::stop);
    }
    left.forEach(asked -> asked.answer.completeExceptionally(new Stopped()));
  }

  /**
   * Asks on another thread. What follows the answer is done by whoever has it, and never blocks.
   *
   * @return completed with what the code returns; exceptionally with what it throws, with {@link
   *     Unanswered} or with {@link Stopped}
   */
  @SuppressWarnings("unchecked")
  public <T extends @Nullable Object> CompletableFuture<T> ask(
      Question question, Callable<T> code) {
    Asked asked = new Asked(question, code);
    boolean stuck;
    synchronized (units) {
      OfUnit of = units.computeIfAbsent(question.unit, unit -> new OfUnit());
      stuck = of.isStuck();
      if (closed) {
        asked.answer.completeExceptionally(new Stopped());
      } else if (of.asked.size() < MOST_OF_ONE) {
        begin(of, asked);
      } else if (!stuck) {
        of.waiting.add(asked);
      }
    }
    if (stuck) {
      refuse(asked);
    }
    return (CompletableFuture<T>) asked.answer;
  }

  private void begin(OfUnit of, Asked asked) {
    of.asked.add(asked);
    threads.execute(asked.question.kind, asked);
  }

  private static void refuse(Asked asked) {
    Question about = asked.question;
    asked.answer.completeExceptionally(
        new Unanswered(Message.QUESTION_NOT_ASKED.with(about.kind, about.unit, MOST_OF_ONE)));
  }

  /**
   * Asks on this thread, where code that ignores its interrupt stays.
   *
   * @throws Exception what the code throws, {@link Unanswered} or {@link Stopped}
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // T says whether it may be null
  public <T extends @Nullable Object> T askHere(Question question, Callable<T> code)
      throws Exception {
    Asked asked = new Asked(question, code);
    synchronized (units) {
      if (closed) {
        throw new Stopped();
      }
      askedHere.add(asked);
    }
    Object answer;
    try {
      answer = asked.answered();
    } catch (Throwable e) {
      asked.requireInTime();
      throw e;
    } finally {
      synchronized (units) {
        askedHere.remove(asked);
      }
    }
    asked.requireInTime();
    return (T) answer;
  }

  /** Waits for an answer; what it completes exceptionally with is thrown. */
  public static <T extends @Nullable Object> T awaited(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void over(Asked asked) {
    synchronized (units) {
      OfUnit of = units.get(asked.question.unit);
      if (of != null) {
        of.asked.remove(asked);
        Asked next = closed ? null : of.waiting.poll();
        if (next != null) {
          begin(of, next);
        } else if (of.asked.isEmpty()) {
          units.remove(asked.question.unit);
        }
      }
    }
  }

  /** Code that keeps all threads of its unit answers nobody. */
  private void expired(Asked asked) {
    List<Asked> left = new ArrayList<>();
    synchronized (units) {
      OfUnit of = units.get(asked.question.unit);
      if (of != null && of.isStuck()) {
        left.addAll(of.waiting);
        of.waiting.clear();
      }
    }
    left.forEach(Questions::refuse);
  }

  private final class Asked implements Runnable {
    private final Question question;
    private final Callable<? extends @Nullable Object> code;
    private final CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();

    // Guarded by this
    private @Nullable Thread thread;
    private Instant since = Instant.EPOCH;

    private volatile boolean expired;
    private volatile boolean stopped;
    private volatile String text = "";

    Asked(Question question, Callable<? extends @Nullable Object> code) {
      this.question = question;
      this.code = code;
    }

    @Override
    public void run() {
      try {
        Object answered = answer.isDone() ? null : boundary.call(this::answered);
        over(this);
        answer.complete(answered);
      } catch (Throwable e) {
        over(this);
        answer.completeExceptionally(e);
      }
    }

    @Nullable Object answered() throws Exception {
      EngineThreads.Alarm alarm = begun();
      try {
        return code.call();
      } finally {
        ended();
        alarm.cancel();
      }
    }

    private EngineThreads.Alarm begun() {
      synchronized (this) {
        thread = Thread.currentThread();
        since = clock.instant();
      }
      try {
        return alarms.later(limit.toMillis(), this::expire);
      } catch (RejectedExecutionException e) {
        // Its thread is interrupted by whoever stops
        return () -> {};
      }
    }

    /** Clears the thread's interrupt; none reaches it after this. */
    private synchronized void ended() {
      thread = null;
      if (expired || stopped) {
        Thread.interrupted();
      }
    }

    private void stop() {
      stopped = true;
      interrupt();
    }

    private void requireInTime() {
      if (stopped) {
        throw new Stopped();
      }
      if (expired) {
        throw new Unanswered(text);
      }
    }

    private void expire() {
      synchronized (this) {
        if (thread == null) {
          return;
        }
        expired = true;
        text =
            Message.QUESTION_UNANSWERED.with(
                question.kind,
                question.code,
                question.unit,
                question.run,
                DurationText.write(limit),
                since);
        LOG.log(Level.WARNING, text + "; the thread is in " + where(thread));
      }
      // What the code makes of its interrupt is no answer
      answer.completeExceptionally(new Unanswered(text));
      interrupt();
      Questions.this.expired(this);
    }

    private synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  private static String where(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(MOST_FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(", called from "));
  }
}
