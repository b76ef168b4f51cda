package io.synchronik.impl.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.impl.net.plan.Net;
import io.synchronik.process.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random commands on random nets: 100,000 in total. */
class NetPropertiesTest {
  private static final int COMMANDS = 200;

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void invariantsHoldUnderAnyCommands(
      @ForAll("shapes") Shape shape, @ForAll("commands") List<Integer> commands) {
    Net net = shape.net();
    Journal journal = new Journal(net);
    for (int command : commands) {
      if (journal.state().phase().isFinal() && command % 4 != 0) {
        journal.replay();
        journal = new Journal(net);
      }
      journal.apply(command(net, journal.state(), command));
    }
    journal.replay();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatGoesOnEnds(@ForAll("shapes") Shape shape, @ForAll("commands") List<Integer> choices) {
    Net net = shape.net();
    Journal journal = new Journal(net);
    journal.apply(new Command.Start(disabled(net, choices.get(0))));
    for (int i = 1; i < choices.size() && !journal.state().phase().isFinal(); i++) {
      assertThat(journal.apply(next(net, journal.state(), choices.get(i)))).isTrue();
    }
    if (net.isGraph()) {
      assertThat(journal.state().phase()).isIn(NetPhase.COMPLETED, NetPhase.FAILED);
    }
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Combinators.combine(
            Arbitraries.of(Shape.Kind.class),
            Arbitraries.integers().between(1, 40),
            Arbitraries.of(FailurePolicy.class),
            Arbitraries.integers().between(0, 10_000).list().ofMaxSize(60))
        .as(Shape::new);
  }

  @Provide
  Arbitrary<List<Integer>> commands() {
    return Arbitraries.integers().between(0, 1_000_000).list().ofSize(COMMANDS);
  }

  /** Mostly a command that fits, sometimes any. */
  private static Command command(Net net, NetState state, int choice) {
    if (state.phase() == NetPhase.INITIALIZED && choice % 10 != 0) {
      return new Command.Start(disabled(net, choice));
    }
    if (choice % 97 == 0) {
      return new Command.CancelRun("chance");
    }
    if (choice % 10 == 1) {
      int task = choice / 10 % (net.tasks() + 1);
      int generation = choice / 100 % 3;
      return switch (choice / 1000 % 5) {
        case 0 -> new Command.Started(task, generation);
        case 1 -> new Command.Ended(task, generation, Outcome.SUCCEEDED);
        case 2 -> new Command.DelayOver(task, generation);
        case 3 -> new Command.CancelTask(task, generation);
        default -> new Command.Start(List.of(task));
      };
    }
    return state.active() == 0 ? new Command.Start(List.of()) : next(net, state, choice);
  }

  /** Moves any active task. */
  private static Command next(Net net, NetState state, int choice) {
    List<Integer> active =
        IntStream.range(0, net.tasks())
            .filter(task -> state.state(task).isActive())
            .boxed()
            .toList();
    int task = active.get(choice % active.size());
    int generation = state.generation(task);
    return switch (state.state(task)) {
      case WAITING -> new Command.DelayOver(task, generation);
      case ENABLED -> new Command.Started(task, generation);
      default ->
          switch (choice / 100 % 12) {
            case 0 -> new Command.Ended(task, generation, Outcome.FAILED);
            case 1 -> new Command.Ended(task, generation, Outcome.CANCELED);
            case 2 -> new Command.CancelTask(task, generation);
            default -> new Command.Ended(task, generation, success(net, task, choice));
          };
    };
  }

  private static Outcome success(Net net, int task, int choice) {
    int count = net.choiceCount(task);
    List<Boolean> verdicts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      verdicts.add(net.isXorSplit(task) ? i == choice % count : (choice >> i & 1) == 0);
    }
    return new Outcome.Succeeded(verdicts);
  }

  private static List<Integer> disabled(Net net, int choice) {
    return IntStream.range(0, net.tasks())
        .filter(task -> !net.isRoute(task) && (choice * 31 + task * 17) % 9 == 0)
        .boxed()
        .toList();
  }
}
