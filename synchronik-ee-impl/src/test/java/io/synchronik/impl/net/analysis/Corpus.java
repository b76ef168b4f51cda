package io.synchronik.impl.net.analysis;

import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nets that nobody here wrote, where they are at hand: they are not part of the product. */
final class Corpus {
  private static final Path FOLDER = Path.of(System.getProperty("nets", "../../shared/nets"));

  private Corpus() {}

  /** Returns a file of the folder; skips the test where there is none. */
  static Path file(String name) {
    Path file = FOLDER.resolve(name);
    assumeThat(file).exists();
    return file;
  }

  /** Returns what was said about files: their names, then the columns. */
  static Map<String, List<String>> verdicts() throws IOException {
    Map<String, List<String>> verdicts = new TreeMap<>();
    for (String line : Files.readAllLines(file("verdicts.tsv"))) {
      List<String> columns = List.of(line.split("\t", -1));
      verdicts.put(columns.get(0), columns.subList(1, columns.size()));
    }
    return verdicts;
  }

  /**
   * A process as a graph of tasks and gateways.
   *
   * @param verdict what is known about it
   */
  record Industrial(String id, WorkflowNet net, String verdict) {}

  static List<Industrial> industrial() throws IOException {
    List<Industrial> all = new ArrayList<>();
    for (String line : Files.readAllLines(file("industrial.jsonl"))) {
      try (JsonReader reader = Json.createReader(new StringReader(line))) {
        JsonObject graph = reader.readObject();
        all.add(new Industrial(graph.getString("id"), net(graph), graph.getString("verdict")));
      }
    }
    return all;
  }

  /**
   * What is known of a net of a specification.
   *
   * @param verdict its first word
   */
  record YawlVerdict(String file, String net, String verdict) {}

  static List<YawlVerdict> yawlVerdicts() throws IOException {
    List<YawlVerdict> all = new ArrayList<>();
    for (String line : Files.readAllLines(file("verdicts.tsv"))) {
      String[] columns = line.split("\t", -1);
      if (columns[0].endsWith(".yawl")) {
        String net = columns[1].substring(columns[1].indexOf('|') + 1);
        try (JsonReader reader = Json.createReader(new StringReader(columns[2]))) {
          JsonArray said = reader.readArray();
          String verdict = said.getString(0);
          if (verdict.equals("or-join")) {
            // Played at random: what has never been left over may still be
            verdict = said.getJsonObject(1).containsKey("improper") ? "unsound" : "played";
          }
          all.add(new YawlVerdict(columns[0], net, verdict));
        }
      }
    }
    return all;
  }

  /** Flows are places; a gateway that chooses is a transition for each way through it. */
  private static WorkflowNet net(JsonObject graph) {
    Map<String, List<String>> into = new HashMap<>();
    Map<String, List<String>> out = new HashMap<>();
    for (JsonArray flow : graph.getJsonArray("flows").getValuesAs(JsonArray.class)) {
      String place = flow.getString(0) + ">" + flow.getString(1);
      out.computeIfAbsent(flow.getString(0), node -> new ArrayList<>()).add(place);
      into.computeIfAbsent(flow.getString(1), node -> new ArrayList<>()).add(place);
    }
    WorkflowNet.Builder net = WorkflowNet.builder();
    for (JsonString each : graph.getJsonArray("nodes").getValuesAs(JsonString.class)) {
      String node = each.getString();
      List<String> inputs = into.getOrDefault(node, List.of("start"));
      List<String> outputs = out.getOrDefault(node, List.of("end"));
      if (node.startsWith("x")) {
        for (String input : inputs) {
          for (String output : outputs) {
            net.transition(node, List.of(input), List.of(output));
          }
        }
      } else {
        net.transition(node, inputs, outputs);
      }
    }
    return net.build("start", "end");
  }
}
