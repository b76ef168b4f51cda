package io.synchronik.impl.net.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Reads processes: tasks, events, gateways that choose or join, and boundaries that interrupt. A
 * process ends when all tokens lie on its ends.
 */
final class Bpmn {
  private static final Set<String> FLOWING =
      Set.of(
          "startEvent",
          "endEvent",
          "intermediateCatchEvent",
          "intermediateThrowEvent",
          "callActivity",
          "exclusiveGateway",
          "eventBasedGateway",
          "parallelGateway");
  private static final Set<String> OUTSIDE =
      Set.of("subProcess", "adHocSubProcess", "transaction", "inclusiveGateway", "complexGateway");

  private final Map<String, Element> nodes = new LinkedHashMap<>();
  private final Map<String, List<Element>> boundaries = new HashMap<>();
  private final Map<String, List<String>> into = new HashMap<>();
  private final Map<String, List<String>> out = new HashMap<>();
  private final WorkflowNet.Builder net = WorkflowNet.builder();
  private final Set<String> ends = new HashSet<>();

  private Bpmn() {}

  /** Returns the processes of a file in their order; empty for one that uses more than these. */
  static List<Optional<WorkflowNet>> read(Path file) throws IOException {
    List<Optional<WorkflowNet>> nets = new ArrayList<>();
    for (Element process : Xml.all(Xml.root(file), "process")) {
      if (!Xml.all(process, "sequenceFlow").isEmpty()) {
        nets.add(new Bpmn().net(process));
      }
    }
    return nets;
  }

  private Optional<WorkflowNet> net(Element process) {
    for (Element element : Xml.children(process)) {
      String name = element.getLocalName();
      String id = element.getAttribute("id");
      if (OUTSIDE.contains(name) || !Xml.all(element, "terminateEventDefinition").isEmpty()) {
        return Optional.empty();
      }
      if (FLOWING.contains(name) || name.endsWith("ask")) {
        nodes.put(id, element);
      } else if (name.equals("boundaryEvent")) {
        boundaries
            .computeIfAbsent(element.getAttribute("attachedToRef"), task -> new ArrayList<>())
            .add(element);
      } else if (name.equals("sequenceFlow")) {
        String from = element.getAttribute("sourceRef");
        String to = element.getAttribute("targetRef");
        // Some were drawn to nowhere
        if (!from.isEmpty() && !to.isEmpty()) {
          out.computeIfAbsent(from, node -> new ArrayList<>()).add(id);
          into.computeIfAbsent(to, node -> new ArrayList<>()).add(id);
        }
      }
    }
    List<String> starts =
        nodes.keySet().stream()
            .filter(id -> is(id, "startEvent") || !into.containsKey(id))
            .toList();
    if (starts.size() != 1) {
      return Optional.empty();
    }
    into.computeIfAbsent(starts.get(0), node -> new ArrayList<>()).add("start");
    nodes.keySet().forEach(this::node);
    return Optional.of(net.build("start", ends));
  }

  private boolean is(String id, String name) {
    return nodes.get(id).getLocalName().equals(name);
  }

  private void node(String id) {
    List<String> inputs = into.getOrDefault(id, List.of());
    List<String> outputs = outputs(id);
    boolean chooses = is(id, "exclusiveGateway") || is(id, "eventBasedGateway");
    List<List<String>> joined =
        is(id, "parallelGateway") ? List.of(inputs) : inputs.stream().map(List::of).toList();
    List<List<String>> split = chooses ? outputs.stream().map(List::of).toList() : List.of(outputs);
    List<Element> attached = boundaries.getOrDefault(id, List.of());
    String busy = "(" + id + ")";
    for (List<String> some : joined) {
      net.transition(id, some, List.of(busy));
    }
    for (List<String> some : split) {
      net.transition(id + " ends", List.of(busy), some);
    }
    for (Element event : attached) {
      String boundary = event.getAttribute("id");
      net.transition(boundary, List.of(busy), outputs(boundary));
    }
  }

  private List<String> outputs(String id) {
    List<String> outputs = out.get(id);
    if (outputs != null) {
      return outputs;
    }
    ends.add("end of " + id);
    return List.of("end of " + id);
  }
}
