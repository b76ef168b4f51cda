package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorpusTest {
  /** Nobody has decided, or it was played some times alone. */
  private static final Set<String> OPEN = Set.of("unknown", "played");

  private final Map<String, String> different = new TreeMap<>();

  private void compare(String name, String known, WorkflowNet net) {
    Verdict found = Soundness.of(net);
    if (!OPEN.contains(known) && !Told.of(found).equals(known)) {
      different.put(name, known + ", found " + found);
    }
    if (found instanceof Verdict.Unsound unsound) {
      Replay.check(net, unsound);
    }
  }

  @Test
  void industrialProcesses() throws IOException {
    for (Corpus.Industrial process : Corpus.industrial()) {
      compare(process.id(), process.verdict(), process.net());
    }

    assertThat(different).isEmpty();
  }

  @Test
  void placeTransitionNets() throws IOException {
    for (Map.Entry<String, List<String>> known : Corpus.verdicts().entrySet()) {
      if (known.getKey().endsWith(".pnml")) {
        String verdict = known.getValue().get(1).strip();
        Optional<WorkflowNet> net = Pnml.read(Corpus.file(known.getKey()));
        if (net.isPresent()) {
          compare(known.getKey(), Told.first(verdict), net.get());
        } else if (!verdict.equals("no workflow net")) {
          different.put(known.getKey(), verdict + ", found no workflow net");
        }
      }
    }

    assertThat(different).isEmpty();
  }

  @Test
  void yawlSpecifications() throws IOException {
    for (Corpus.YawlVerdict known : Corpus.yawlVerdicts()) {
      WorkflowNet net = Yawl.read(Corpus.file(known.file())).get(known.net());
      if (net != null) {
        compare(known.file() + " " + known.net(), known.verdict(), net);
      } else {
        different.put(known.file() + " " + known.net(), known.verdict() + ", not read");
      }
    }

    assertThat(different).isEmpty();
  }

  /** What either side does not read is left out: sub-processes, several starts and the like. */
  @Test
  void drawnProcesses() throws IOException {
    int compared = 0;
    for (Map.Entry<String, List<String>> known : Corpus.verdicts().entrySet()) {
      if (known.getKey().endsWith(".bpmn")) {
        String said = known.getValue().get(1).replace("ours per process: ", "").strip();
        List<String> verdicts = List.of(said.split(", "));
        List<Optional<WorkflowNet>> nets = Bpmn.read(Corpus.file(known.getKey()));
        for (int i = 0; i < nets.size() && nets.size() == verdicts.size(); i++) {
          if (nets.get(i).isPresent() && !verdicts.get(i).equals("outside")) {
            compare(known.getKey() + i, Told.first(verdicts.get(i)), nets.get(i).get());
            compared++;
          }
        }
      }
    }

    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(200);
  }
}
