package io.synchronik.it.benchmarks;

import io.synchronik.SynchronikManager;
import io.synchronik.it.testkit.Database;
import io.synchronik.it.testkit.ForkedJvm;
import io.synchronik.it.testkit.Node;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.worker.RunContext;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** A node of Synchronik in a JVM of its own, with a worker whose items wait for a while or not. */
final class ForkedNode implements AutoCloseable {
  private static final String WORKER = "item";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Process jvm;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  private ForkedNode(Process jvm) throws IOException {
    this.jvm = jvm;
    answers = jvm.inputReader(StandardCharsets.UTF_8);
    commands = jvm.outputWriter(StandardCharsets.UTF_8);
    answer();
  }

  /** Starts a JVM; returns when its node works. */
  static ForkedNode fork(Database database, Duration wait) throws IOException {
    return new ForkedNode(
        ForkedJvm.of(ForkedNode.class, database.url(), Long.toString(wait.toMillis())).start());
  }

  /** Lets it run so many items, wherever these are worked off; returns the run that has ended. */
  String run(int items) throws IOException {
    commands.write(items + "\n");
    commands.flush();
    return answer();
  }

  /** Ends it; returns how many items it has worked off since its start. */
  long end() throws IOException, InterruptedException {
    commands.close();
    long done = Long.parseLong(answer());
    // It removes its files
    jvm.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return done;
  }

  private String answer() throws IOException {
    return Objects.requireNonNull(answers.readLine(), "The JVM of a node has ended");
  }

  @Override
  public void close() {
    jvm.destroyForcibly();
  }

  /** The forked JVM: a command is a number of items, an answer the id of their run. */
  public static void main(String[] arguments) throws Exception {
    // What anybody else prints is no answer
    PrintStream answers = System.out;
    System.setOut(System.err);
    Work work = new Work(Long.parseLong(arguments[1]));
    try (Database database = Database.createdElsewhere(arguments[0])) {
      try (Node node =
          Node.on(database)
              .setting("synchronik.node", "node-" + ProcessHandle.current().pid())
              .setting("synchronik.workers", Integer.toString(ItemLoad.THREADS))
              .connections(ItemLoad.CONNECTIONS)
              .withoutXa()
              .start()) {
        node.manager().registerUnit(ItemSource.worker(WORKER, Integer.class, work));
        answers.println("ready");
        obey(System.in, node.manager(), answers);
      }
      answers.println(work.done.sum());
    }
  }

  private static void obey(InputStream commands, SynchronikManager manager, PrintStream answers)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      var run = manager.runWorkerById(WORKER, Integer.valueOf(line));
      run.join(PATIENCE);
      answers.println(run.id().value());
    }
  }

  private static final class Work implements ItemWork<Integer, Void> {
    private final long millis;
    private final LongAdder done = new LongAdder();

    Work(long millis) {
      this.millis = millis;
    }

    @Override
    public void enumerate(Items<Integer> items, RunContext run) {
      IntStream.range(0, Objects.requireNonNull(run.payload(Integer.class))).forEach(items::add);
    }

    @Override
    public Void process(Integer payload, ItemContext item) throws InterruptedException {
      if (millis > 0) {
        Thread.sleep(millis);
      }
      done.increment();
      return null;
    }
  }
}
