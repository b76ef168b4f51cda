package io.synchronik.impl.admin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.event.JournalEntry;
import io.synchronik.event.Subscription;
import io.synchronik.impl.admin.unit.Samples;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final int LIMIT = 3;

  private final Journal journal = new Journal();
  private final Client client = new Client();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<EventStream> ended = new ArrayList<>();
  private final EventStream stream =
      new EventStream(journal, client, tasks::add, LIMIT, ended::add);

  private static final class Journal implements EventSource {
    final List<JournalEntry> entries = new ArrayList<>();
    final List<Long> followedFrom = new ArrayList<>();
    Consumer<JournalEntry> follower;
    boolean unsubscribed;

    void add(int count) {
      for (int n = 0; n < count; n++) {
        JournalEntry entry = Samples.milestone(entries.size() + 1);
        entries.add(entry);
        if (follower != null) {
          follower.accept(entry);
        }
      }
    }

    @Override
    public long present() {
      return entries.size();
    }

    @Override
    public List<JournalEntry> behind(long position) {
      return entries.stream().skip(position).limit(PAGE).toList();
    }

    @Override
    public Subscription follow(long position, Consumer<JournalEntry> listener) {
      followedFrom.add(position);
      follower = listener;
      return () -> unsubscribed = true;
    }
  }

  private static final class Client implements EventOutlet {
    final List<Long> positions = new ArrayList<>();
    int comments;
    int closed;
    int abandoned;
    Supplier<CompletionStage<?>> answer = () -> CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<?> send(JournalEntry entry) {
      positions.add(entry.position());
      return answer.get();
    }

    @Override
    public CompletionStage<?> comment(String text) {
      comments++;
      return answer.get();
    }

    @Override
    public void close() {
      closed++;
    }

    @Override
    public void abandon() {
      abandoned++;
    }
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void start(long after) {
    stream.start(after);
    work();
  }

  private void assertEnded(int closed, int abandoned) {
    work();
    assertThat(ended).containsExactly(stream);
    assertThat(client.closed).isEqualTo(closed);
    assertThat(client.abandoned).isEqualTo(abandoned);
    assertThat(journal.unsubscribed).isTrue();
  }

  @Test
  void catchesUpByPagesAndThenFollows() {
    journal.add(450);
    start(10);
    journal.add(2);
    work();

    assertThat(client.positions)
        .containsExactlyElementsOf(LongStream.rangeClosed(11, 452).boxed().toList());
    assertThat(journal.followedFrom).containsExactly(450L);
  }

  @Test
  void givesTheThreadBackNowAndThen() {
    journal.add(450);
    stream.start(0);
    tasks.remove().run();

    assertThat(client.positions).hasSizeLessThan(450);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void holdsNoThreadWhenThereIsNothingToSend() {
    start(0);

    assertThat(tasks).isEmpty();
    journal.add(1);
    assertThat(tasks).hasSize(1);
  }

  @Test
  void followsFromAPositionInTheFuture() {
    journal.add(1);
    start(100);

    assertThat(client.positions).isEmpty();
    assertThat(journal.followedFrom).containsExactly(100L);
  }

  @Test
  void sendsACommentWithEachHeartbeat() {
    start(0);
    for (int n = 0; n < 5; n++) {
      stream.beat();
      work();
    }

    assertThat(client.comments).isEqualTo(5);
    assertThat(ended).isEmpty();
  }

  @Test
  void dropsAReaderThatLiesTooFarBehind() {
    start(0);
    client.answer = CompletableFuture::new;
    journal.add(1);
    work();
    journal.add(LIMIT);
    assertThat(ended).isEmpty();

    journal.add(1);

    assertEnded(0, 1);
    journal.add(1);
    work();
    assertThat(client.positions).containsExactly(1L);
  }

  @Test
  void dropsAReaderThatTakesNothingBetweenTwoHeartbeats() {
    start(0);
    client.answer = CompletableFuture::new;
    journal.add(1);
    work();
    stream.beat();
    work();
    assertThat(ended).isEmpty();

    stream.beat();

    assertEnded(0, 1);
  }

  @Test
  void probingDropsNobody() {
    start(0);
    stream.probe();
    stream.probe();
    work();
    stream.probe();
    work();

    assertThat(client.comments).isEqualTo(3);
    assertThat(ended).isEmpty();
  }

  @Test
  void goesOnWhenASlowReaderHasTakenAnEvent() {
    start(0);
    CompletableFuture<Void> taken = new CompletableFuture<>();
    client.answer = () -> taken;
    journal.add(3);
    work();
    assertThat(client.positions).containsExactly(1L);

    taken.complete(null);
    work();

    assertThat(client.positions).containsExactly(1L, 2L, 3L);
  }

  @Test
  void endsWhenTheReaderIsGone() {
    start(0);
    client.answer = () -> CompletableFuture.failedFuture(new IllegalStateException("gone"));
    journal.add(2);

    assertEnded(1, 0);
    assertThat(client.positions).containsExactly(1L);
  }

  @Test
  void endsWhenTheServerThrows() {
    start(0);
    client.answer =
        () -> {
          throw new IllegalStateException("closed");
        };
    stream.beat();

    assertEnded(1, 0);
  }

  @Test
  void endsWhenAReaderGoesWhileItIsWaitedFor() {
    start(0);
    CompletableFuture<Void> taken = new CompletableFuture<>();
    client.answer = () -> taken;
    journal.add(1);
    work();

    taken.completeExceptionally(new IllegalStateException("gone"));

    assertEnded(1, 0);
  }

  @Test
  void leavesTheEndToTheThreadInsideASend() {
    start(0);
    client.answer =
        () -> {
          assertThat(stream.end()).isTrue();
          assertThat(client.closed).isZero();
          return CompletableFuture.completedFuture(null);
        };
    journal.add(2);

    assertEnded(1, 0);
    assertThat(client.positions).containsExactly(1L);
    assertThat(stream.end()).isFalse();
  }

  @Test
  void endsHereWhenTheApplicationStops() {
    start(0);
    stream.endHere();

    assertThat(tasks).isEmpty();
    assertEnded(1, 0);
  }

  @Test
  void unsubscribesWhenItEndsWhileItCatchesUp() {
    stream.start(0);
    stream.end();
    work();

    assertThat(journal.followedFrom).isEmpty();
    assertThat(ended).containsExactly(stream);
  }

  @Test
  void endsWhenTheServerTakesNoMoreTasks() {
    EventStream refused =
        new EventStream(
            journal,
            client,
            task -> {
              throw new RejectedExecutionException();
            },
            LIMIT,
            ended::add);
    refused.start(0);

    assertThat(ended).containsExactly(refused);
    assertThat(client.closed).isEqualTo(1);
  }
}
