package io.synchronik.impl.net.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** Reads place/transition nets. */
final class Pnml {
  private Pnml() {}

  /** Returns the net of a file; empty when it does not have one start and one end. */
  static Optional<WorkflowNet> read(Path file) throws IOException {
    Element root = Xml.root(file);
    Set<String> places = ids(root, "place");
    Map<String, List<String>> into = new HashMap<>();
    Map<String, List<String>> out = new HashMap<>();
    for (Element arc : Xml.all(root, "arc")) {
      into.computeIfAbsent(arc.getAttribute("target"), node -> new ArrayList<>())
          .add(arc.getAttribute("source"));
      out.computeIfAbsent(arc.getAttribute("source"), node -> new ArrayList<>())
          .add(arc.getAttribute("target"));
    }
    List<String> starts = places.stream().filter(place -> !into.containsKey(place)).toList();
    List<String> ends = places.stream().filter(place -> !out.containsKey(place)).toList();
    if (starts.size() != 1 || ends.size() != 1) {
      return Optional.empty();
    }
    WorkflowNet.Builder net = WorkflowNet.builder();
    for (String id : ids(root, "transition")) {
      net.transition(id, into.getOrDefault(id, List.of()), out.getOrDefault(id, List.of()));
    }
    return Optional.of(net.build(starts.get(0), ends.get(0)));
  }

  private static Set<String> ids(Element root, String name) {
    Set<String> ids = new HashSet<>();
    Xml.all(root, name).forEach(element -> ids.add(element.getAttribute("id")));
    // Final markings name places, too
    ids.remove("");
    return ids;
  }
}
