package io.synchronik.impl.net.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** Reads the nets of specifications: tasks with joins, splits and cancellation regions. */
final class Yawl {
  private final Map<String, List<String>> into = new LinkedHashMap<>();
  private final Map<String, List<String>> out = new LinkedHashMap<>();
  private final Map<String, Element> tasks = new LinkedHashMap<>();
  private final WorkflowNet.Builder net = WorkflowNet.builder();
  private String start = "";
  private String end = "";

  private Yawl() {}

  /** Returns the nets of a file, by their names. */
  static Map<String, WorkflowNet> read(Path file) throws IOException {
    Map<String, WorkflowNet> nets = new TreeMap<>();
    for (Element decomposition : Xml.all(Xml.root(file), "decomposition")) {
      List<Element> elements = Xml.all(decomposition, "processControlElements");
      if (!elements.isEmpty()) {
        nets.put(decomposition.getAttribute("id"), new Yawl().net(elements.get(0)));
      }
    }
    return nets;
  }

  private WorkflowNet net(Element elements) {
    Xml.children(elements).forEach(this::node);
    for (Element element : Xml.children(elements)) {
      String from = element.getAttribute("id");
      for (Element next : Xml.all(element, "nextElementRef")) {
        flow(from, next.getAttribute("id"));
      }
    }
    tasks.forEach(this::task);
    return net.build(start, end);
  }

  private void node(Element element) {
    String id = element.getAttribute("id");
    switch (element.getLocalName()) {
      case "inputCondition" -> start = id;
      case "outputCondition" -> end = id;
      case "task" -> tasks.put(id, element);
      default -> {}
    }
  }

  private void flow(String from, String to) {
    boolean between = tasks.containsKey(from) && tasks.containsKey(to);
    if (tasks.containsKey(from)) {
      out.computeIfAbsent(from, task -> new ArrayList<>()).add(between ? from + ">" + to : to);
    }
    if (tasks.containsKey(to)) {
      into.computeIfAbsent(to, task -> new ArrayList<>()).add(between ? from + ">" + to : from);
    }
  }

  private void task(String id, Element task) {
    List<String> inputs = into.getOrDefault(id, List.of());
    List<String> outputs = out.getOrDefault(id, List.of());
    String busy = "(" + id + ")";
    String join = code(task, "join");
    if (join.equals("or") && inputs.size() > 1) {
      net.orJoin(id, inputs, List.of(busy));
    } else {
      ways(join, inputs).forEach(some -> net.transition(id, some, List.of(busy)));
    }
    List<String> resets = new ArrayList<>();
    for (Element removed : Xml.all(task, "removesTokens")) {
      String named = removed.getAttribute("id");
      resets.add(tasks.containsKey(named) ? "(" + named + ")" : named);
    }
    for (Element removed : Xml.all(task, "removesTokensFromFlow")) {
      resets.add(
          Xml.all(removed, "flowSource").get(0).getAttribute("id")
              + ">"
              + Xml.all(removed, "flowDestination").get(0).getAttribute("id"));
    }
    for (List<String> some : ways(code(task, "split"), outputs)) {
      net.transition(id + " ends", List.of(busy), some, resets);
    }
  }

  private static String code(Element task, String of) {
    List<Element> found = Xml.all(task, of);
    return found.isEmpty() ? "and" : found.get(0).getAttribute("code");
  }

  private static List<List<String>> ways(String code, List<String> places) {
    return switch (code) {
      case "and" -> List.of(places);
      case "xor" -> places.stream().map(List::of).toList();
      default -> Subsets.of(places);
    };
  }
}
