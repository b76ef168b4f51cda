package io.synchronik.impl.net;

import io.synchronik.impl.net.plan.Net;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run of a net. Immutable. All of it can be stored as rows and read back: the
 * phase with its reason, a row per place with tokens, a row per task that was touched.
 */
public final class NetState {
  final NetPhase phase;
  final @Nullable String reason;
  final LongVector tasks;
  final LongVector places;

  /** Of each task, how many of its input places are marked. */
  final LongVector marked;

  final int active;
  final int failures;

  NetState(Moves from) {
    phase = from.phase;
    reason = from.reason;
    tasks = from.tasks.done();
    places = from.tokens.places.done();
    marked = from.tokens.marked.done();
    active = from.active;
    failures = from.failures;
  }

  private NetState(Net net, NetPhase phase, @Nullable String reason, Rows rows) {
    this.phase = phase;
    this.reason = reason;
    tasks = rows.tasks.done();
    places = rows.places.done();
    LongVector.Edit counts = LongVector.zeros(net.tasks()).edit();
    for (int place = 0; place < net.places(); place++) {
      if (places.get(place) != 0) {
        for (int i = net.consumers.from(place); i < net.consumers.to(place); i++) {
          int task = net.consumers.at(i);
          counts.set(task, counts.get(task) + 1);
        }
      }
    }
    marked = counts.done();
    active = rows.active;
    failures = rows.failures;
  }

  /** Returns the state of a run that was not started. */
  public static NetState initial(Net net) {
    return of(net, NetPhase.INITIALIZED, null, List.of(), List.of());
  }

  /**
   * Returns the state that rows describe.
   *
   * @param net the net
   * @param phase of the run
   * @param reason of the phase, null for none
   * @param places in any order
   * @param tasks in any order; of several generations of a task the highest counts
   * @throws IllegalArgumentException if the rows do not fit the net
   */
  public static NetState of(
      Net net,
      NetPhase phase,
      @Nullable String reason,
      Collection<PlaceRow> places,
      Collection<TaskRow> tasks) {
    return new NetState(net, phase, reason, new Rows(net, places, tasks));
  }

  /** Returns the state of the run. */
  public NetPhase phase() {
    return phase;
  }

  /** Returns who or what ended the run; null when it ended by itself or has not ended. */
  public @Nullable String reason() {
    return reason;
  }

  /** Returns how many tasks wait for their delay, are ready or run. */
  public int active() {
    return active;
  }

  /** Returns how many tasks failed or were cancelled. */
  public int failures() {
    return failures;
  }

  /** Returns the state of a task. */
  public TaskState state(int task) {
    return Words.state(tasks.get(task));
  }

  /** Returns the latest generation of a task; 0 when it never was enabled. */
  public int generation(int task) {
    return Words.generation(tasks.get(task));
  }

  /** Returns why a task was skipped or cancelled. */
  public Reason reason(Net net, int task) {
    return Reason.of(net, tasks.get(task));
  }

  /** Returns the row of a task, whether it was touched or not. */
  public TaskRow taskRow(Net net, int task) {
    long word = tasks.get(task);
    return new TaskRow(
        net.id(task), Words.generation(word), Words.state(word), Reason.of(net, word).text());
  }

  /** Returns the rows of all tasks that were touched, in the order of the net. */
  public List<TaskRow> taskRows(Net net) {
    return taskChanges(net, initial(net));
  }

  /** Returns the rows of all marked places, in the order of the net. */
  public List<PlaceRow> placeRows(Net net) {
    return placeChanges(net, initial(net));
  }

  /**
   * Returns the rows of tasks that differ from an earlier state, in the order of the net. A row
   * whose generation is higher than the earlier one's is a new row.
   */
  public List<TaskRow> taskChanges(Net net, NetState earlier) {
    List<TaskRow> rows = new ArrayList<>();
    tasks.differences(earlier.tasks, task -> rows.add(taskRow(net, task)));
    return rows;
  }

  /**
   * Returns the rows of places that differ from an earlier state, in the order of the net. A row
   * without tokens is to be deleted.
   */
  public List<PlaceRow> placeChanges(Net net, NetState earlier) {
    List<PlaceRow> rows = new ArrayList<>();
    places.differences(
        earlier.places,
        place -> {
          long now = places.get(place);
          long then = earlier.places.get(place);
          if (Words.live(now) != Words.live(then)) {
            rows.add(new PlaceRow(net.place(place), Words.live(now)));
          }
          if (Words.dead(now) != Words.dead(then)) {
            rows.add(new PlaceRow(Net.DEAD + net.place(place), Words.dead(now)));
          }
        });
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetState state
        && phase == state.phase
        && Objects.equals(reason, state.reason)
        && active == state.active
        && failures == state.failures
        && tasks.equals(state.tasks)
        && places.equals(state.places)
        && marked.equals(state.marked);
  }

  @Override
  public int hashCode() {
    return Objects.hash(phase, reason, tasks, places);
  }

  /** Reads rows. */
  private static final class Rows {
    private final LongVector.Edit tasks;
    private final LongVector.Edit places;
    private int active;
    private int failures;

    Rows(Net net, Collection<PlaceRow> placeRows, Collection<TaskRow> taskRows) {
      tasks = LongVector.zeros(net.tasks()).edit();
      places = LongVector.zeros(net.places()).edit();
      placeRows.forEach(row -> read(net, row));
      taskRows.forEach(row -> read(net, row));
      for (int task = 0; task < net.tasks(); task++) {
        TaskState state = Words.state(tasks.get(task));
        active += state.isActive() ? 1 : 0;
        failures += state == TaskState.FAILED || state == TaskState.CANCELED ? 1 : 0;
      }
    }

    private void read(Net net, PlaceRow row) {
      if (row.tokens() < 0) {
        throw new IllegalArgumentException("place '" + row.place() + "' has less than no tokens");
      }
      boolean dead = row.place().startsWith(Net.DEAD);
      int place = net.place(dead ? row.place().substring(Net.DEAD.length()) : row.place());
      long word = places.get(place);
      places.set(
          place,
          dead
              ? Words.place(Words.live(word), row.tokens())
              : Words.place(row.tokens(), Words.dead(word)));
    }

    private void read(Net net, TaskRow row) {
      int task = net.task(row.task());
      if (row.generation() < Words.generation(tasks.get(task))) {
        return;
      }
      Reason reason = Reason.parse(row.reason());
      int named = reason.kind().names() ? net.task(reason.task()) : 0;
      tasks.set(task, Words.task(row.generation(), row.state(), reason.kind(), named));
    }
  }
}
