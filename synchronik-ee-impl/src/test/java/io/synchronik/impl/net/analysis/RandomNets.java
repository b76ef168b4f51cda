package io.synchronik.impl.net.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Small nets of all shapes, most of them wrong, grown from a line so that many are not. */
final class RandomNets {
  private final Random random;
  private final WorkflowNet.Builder net = WorkflowNet.builder();
  private final Set<Kind> kinds;

  /** What there is beside plain transitions. */
  enum Kind {
    RESETS,
    OR_JOINS
  }

  private RandomNets(long seed, Set<Kind> kinds) {
    this.random = new Random(seed);
    this.kinds = kinds;
  }

  static Arbitrary<WorkflowNet> any(Kind... kinds) {
    return Arbitraries.longs().map(seed -> new RandomNets(seed, Set.of(kinds)).net());
  }

  private WorkflowNet net() {
    int places = 2 + random.nextInt(6);
    int line = 1 + random.nextInt(places);
    for (int i = 0; i < line; i++) {
      String from = i == 0 ? "start" : "p" + i;
      String to = i == line - 1 ? "end" : "p" + (i + 1);
      add("line" + i, new HashSet<>(Set.of(from)), new HashSet<>(Set.of(to)));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      add("more" + i, some(places, "start"), some(places, "end"));
    }
    return net.build("start", "end");
  }

  private void add(String name, Set<String> inputs, Set<String> outputs) {
    if (random.nextInt(4) == 0) {
      inputs.add("p" + random.nextInt(8));
    }
    if (random.nextInt(4) == 0) {
      outputs.add("p" + random.nextInt(8));
    }
    if (kinds.contains(Kind.OR_JOINS) && inputs.size() > 1 && random.nextBoolean()) {
      net.orJoin(name, inputs, outputs);
      return;
    }
    boolean empties = kinds.contains(Kind.RESETS) && random.nextInt(4) == 0;
    net.transition(name, inputs, outputs, empties ? List.of("p" + random.nextInt(8)) : List.of());
  }

  private Set<String> some(int places, String also) {
    Set<String> some = new HashSet<>();
    some.add(random.nextInt(5) == 0 ? also : "p" + random.nextInt(places));
    if (random.nextInt(3) == 0) {
      some.add("p" + random.nextInt(places));
    }
    return some;
  }
}
