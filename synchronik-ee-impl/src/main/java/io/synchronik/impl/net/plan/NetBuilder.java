package io.synchronik.impl.net.plan;

import io.synchronik.process.FailurePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a {@link Net}. What is wrong with the parts is an {@link IllegalArgumentException}. */
public final class NetBuilder {
  /** As the state of a task names another in 24 bits. */
  private static final int MOST_TASKS = 1 << 24;

  final List<TaskSpec> tasks = new ArrayList<>();
  final List<String> places = new ArrayList<>();
  final Map<String, Integer> taskNumbers = new HashMap<>();
  final Map<String, Integer> placeNumbers = new HashMap<>();
  final IntList edgeTasks = new IntList(16);
  final IntList edgePlaces = new IntList(16);
  final List<EdgeKind> edgeKinds = new ArrayList<>();
  final IntList inputTasks = new IntList(16);
  final IntList inputPlaces = new IntList(16);
  final FailurePolicy policy;
  int start = Net.NONE;
  int end = Net.NONE;

  /** Begins a net without tasks. */
  public NetBuilder(FailurePolicy policy) {
    this.policy = policy;
  }

  /** Adds a task and returns its number. */
  public int task(TaskSpec task) {
    require(tasks.size() < MOST_TASKS, "too many tasks");
    require(taskNumbers.put(task.id(), tasks.size()) == null, "two tasks '" + task.id() + "'");
    tasks.add(task);
    return tasks.size() - 1;
  }

  /** Adds a named place and returns its number. */
  public int place(String id) {
    require(!id.startsWith(Net.DEAD) && id.indexOf('>') < 0, "a place '" + id + "'");
    return anyPlace(id);
  }

  /** Adds an edge between two tasks, with a place of its own, and returns the edge's number. */
  public int edge(int from, int to, EdgeKind kind) {
    require(
        kind == EdgeKind.ORDER || (isAnd(from, to) && from != to),
        "an edge that decides needs an AND split and an AND join");
    int place = anyPlace(tasks.get(from).id() + '>' + tasks.get(to).id());
    input(place, to);
    return arc(from, place, kind);
  }

  /** Lets a task mark a named place, and returns the edge's number. */
  public int output(int task, int place) {
    return arc(task, place, EdgeKind.ORDER);
  }

  /** Lets a task take from a named place. */
  public NetBuilder input(int place, int task) {
    inputTasks.add(task);
    inputPlaces.add(place);
    return this;
  }

  /** Makes the net a flow: a run starts with a token on one place and ends with one on another. */
  public NetBuilder flow(int startPlace, int endPlace) {
    start = startPlace;
    end = endPlace;
    return this;
  }

  /** Returns the net. */
  public Net build() {
    boolean decides = edgeKinds.stream().anyMatch(kind -> kind != EdgeKind.ORDER);
    require(
        end == Net.NONE || (policy == FailurePolicy.STOP && !decides),
        "a flow stops on failure, and no edge of it decides");
    Net net = new Net(this);
    for (int task = 0; task < net.tasks(); task++) {
      require(!net.isXorSplit(task) || net.edges.count(task) > 0, "an XOR split without outputs");
    }
    return net;
  }

  private boolean isAnd(int from, int to) {
    return tasks.get(from).split() == Split.AND && tasks.get(to).join() == Join.AND;
  }

  private int anyPlace(String id) {
    require(placeNumbers.put(id, places.size()) == null, "two places '" + id + "'");
    places.add(id);
    return places.size() - 1;
  }

  private int arc(int task, int place, EdgeKind kind) {
    edgeTasks.add(task);
    edgePlaces.add(place);
    edgeKinds.add(kind);
    return edgeKinds.size() - 1;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("not a net: " + problem);
    }
  }
}
