package io.synchronik.impl.net.plan;

import io.synchronik.impl.net.Outcome;
import io.synchronik.process.FailurePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An immutable net. Tasks, places and edges are numbered from 0 in the order in which they were
 * added; the engine meets tasks by their numbers and stores them by their ids.
 */
public final class Net {
  /** Stands for "no place" and "no task". */
  public static final int NONE = -1;

  /** What stands before the id of a place where its dead tokens are stored. */
  public static final String DEAD = "!";

  private final List<TaskSpec> tasks;
  private final List<String> places;
  private final Map<String, Integer> taskNumbers;
  private final Map<String, Integer> placeNumbers;

  public final FailurePolicy policy;
  public final int start;
  public final int end;

  /** Of a task: numbers of its edges. */
  public final Relation edges;

  /** Of a task: its input places, in the order of flows. */
  public final Relation inputs;

  /** Of a place: the tasks that it is an input of. */
  public final Relation consumers;

  private final int[] edgePlaces;
  private final EdgeKind[] edgeKinds;
  private final int[] producers;

  Net(NetBuilder from) {
    tasks = List.copyOf(from.tasks);
    places = List.copyOf(from.places);
    taskNumbers = Map.copyOf(from.taskNumbers);
    placeNumbers = Map.copyOf(from.placeNumbers);
    policy = from.policy;
    start = from.start;
    end = from.end;
    IntList edgeNumbers = new IntList(from.edgeTasks.size());
    edgePlaces = new int[from.edgeTasks.size()];
    producers = new int[places.size()];
    for (int e = 0; e < edgePlaces.length; e++) {
      edgeNumbers.add(e);
      edgePlaces[e] = from.edgePlaces.get(e);
      producers[edgePlaces[e]] = from.edgeTasks.get(e);
    }
    edgeKinds = from.edgeKinds.toArray(EdgeKind[]::new);
    edges = Relation.of(tasks.size(), from.edgeTasks, edgeNumbers);
    inputs = Relation.of(tasks.size(), from.inputTasks, from.inputPlaces);
    consumers = Relation.of(places.size(), from.inputPlaces, from.inputTasks);
  }

  /** Returns how many tasks there are, routes included. */
  public int tasks() {
    return tasks.size();
  }

  /** Returns how many places there are, implicit ones included. */
  public int places() {
    return places.size();
  }

  /** Returns a task. */
  public TaskSpec task(int task) {
    return tasks.get(task);
  }

  /** Returns the id of a task. */
  public String id(int task) {
    return tasks.get(task).id();
  }

  /**
   * Returns the number of a task.
   *
   * @throws IllegalArgumentException if there is none with this id
   */
  public int task(String id) {
    return number(taskNumbers, "task", id);
  }

  /** Returns what a failed task means. */
  public FailurePolicy policy() {
    return policy;
  }

  /**
   * Returns the numbers of the edges for which the end of a task needs a verdict, in the order of
   * {@link Outcome.Succeeded#verdicts}: its conditional edges, or all of them for an XOR split.
   */
  public List<Integer> choices(int task) {
    return IntStream.range(edges.from(task), edges.to(task))
        .map(edges::at)
        .filter(edge -> isXorSplit(task) || kind(edge) == EdgeKind.CONDITIONAL)
        .boxed()
        .toList();
  }

  /**
   * Returns the ids of the tasks at the other ends of {@link #choices}, in the same order; of the
   * one task for which a place has them.
   */
  public List<String> choiceTargets(int task) {
    return choices(task).stream()
        .map(edge -> id(consumers.at(consumers.from(edgePlaces[edge]))))
        .toList();
  }

  public int choiceCount(int task) {
    int count = 0;
    for (int i = edges.from(task); i < edges.to(task); i++) {
      if (isXorSplit(task) || kind(edges.at(i)) == EdgeKind.CONDITIONAL) {
        count++;
      }
    }
    return count;
  }

  /** Whether each task gets a verdict: there is no end place that ends a run earlier. */
  public boolean isGraph() {
    return end == NONE;
  }

  public String place(int place) {
    return places.get(place);
  }

  public int place(String id) {
    return number(placeNumbers, "place", id);
  }

  public int edgePlace(int edge) {
    return edgePlaces[edge];
  }

  public EdgeKind kind(int edge) {
    return edgeKinds[edge];
  }

  /** Returns the one task that marks an implicit place. */
  public int producer(int place) {
    return producers[place];
  }

  public boolean isXorJoin(int task) {
    return tasks.get(task).join() == Join.XOR;
  }

  public boolean isXorSplit(int task) {
    return tasks.get(task).split() == Split.XOR;
  }

  public boolean isRoute(int task) {
    return tasks.get(task).route();
  }

  /** Returns whether any task waits for a delay before it becomes ready. */
  public boolean hasDelays() {
    return tasks.stream().anyMatch(task -> !task.delay().isZero());
  }

  public Duration delay(int task) {
    return tasks.get(task).delay();
  }

  private static int number(Map<String, Integer> numbers, String what, String id) {
    Integer number = numbers.get(id);
    if (number == null) {
      throw new IllegalArgumentException("the net has no " + what + " '" + id + "'");
    }
    return number;
  }
}
