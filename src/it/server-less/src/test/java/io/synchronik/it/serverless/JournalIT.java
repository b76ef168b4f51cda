package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.JournalQuery;
import io.synchronik.event.EventType;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Milestone;
import io.synchronik.event.Subscription;
import io.synchronik.event.SynchronikEvent;
import io.synchronik.event.UnitFailed;
import io.synchronik.event.UnitUpdated;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Probe;
import io.synchronik.run.InvalidPayloadException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Events: their order, subscriptions, and the journal. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JournalIT extends SharedNode {

  @Test
  void failedRunIsToldInOrder() {
    register(
        "failing",
        run -> {
          throw new IllegalStateException("no");
        },
        config -> config.maxRetries(1));

    RunHandle run = manager.runWorkerById("failing");

    allEventsOf(run);
    List<String> told =
        List.of("UPDATED running", "START", "MILESTONE", "RETRY", "UPDATED error", "ERROR");
    assertThat(eventsOf(run.id())).extracting(JournalIT::gist).containsExactlyElementsOf(told);
    assertThat(inJournal(run)).extracting(JournalIT::gist).containsExactlyElementsOf(told);
    assertThat(inJournal(run))
        .extracting(SynchronikEvent::eventId)
        .containsExactlyElementsOf(
            eventsOf(run.id()).stream().map(SynchronikEvent::eventId).toList());
  }

  @Test
  void milestonesOfARunAreAmongItsEvents() {
    register(
        "speaking",
        run -> {
          run.milestone("half", 50);
          return "done";
        });

    RunHandle run = manager.runWorkerById("speaking");

    allEventsOf(run);
    assertThat(inJournal(run))
        .extracting(JournalIT::gist)
        .containsExactly(
            "UPDATED running",
            "START",
            "MILESTONE",
            "MILESTONE",
            "UPDATED completed",
            "COMPLETE",
            "MILESTONE");
    assertThat(inJournal(run))
        .filteredOn(event -> event instanceof Milestone m && m.milestoneId().equals("half"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(((Milestone) event).payload(Integer.class)).isEqualTo(50);
              assertThat(((Milestone) event).unit().orElseThrow().value()).isEqualTo("speaking");
            });
  }

  private static String gist(SynchronikEvent event) {
    String more =
        event instanceof UnitUpdated updated
            ? " " + updated.status().name().toLowerCase(Locale.ROOT)
            : "";
    return event.type() + more;
  }

  @Test
  void subscriptionsAreTypedAndEnd() {
    Probe<SynchronikEvent> all = new Probe<>();
    Probe<Object> typed = new Probe<>();
    register(
        "subscribed",
        run -> {
          if (run.payload(String.class) != null) {
            throw new IllegalStateException("no");
          }
          return "done";
        });
    Subscription every = manager.subscribeToEvents(all);
    manager.onStart(event -> typed.accept("start of " + event.unit()));
    manager.onComplete(event -> typed.accept("complete of " + event.unit()));
    manager.onError(event -> typed.accept("error of " + event.unit()));
    manager.onMilestone(milestone -> typed.accept("any " + milestone.milestoneId()));
    manager.onMilestone("mine", milestone -> typed.accept("my " + milestone.milestoneId()));
    manager.subscribeToEvents(
        event -> {
          throw new IllegalStateException("a bad listener");
        });

    manager.runWorkerById("subscribed").join(Probe.PATIENCE);
    manager.runWorkerById("subscribed", "fail").join(Probe.PATIENCE);
    manager.emitMilestone("mine", null);
    manager.emitMilestone("not mine", null);
    all.awaitNext(event -> event instanceof Milestone m && m.milestoneId().equals("not mine"));

    assertThat(typed.seen(one -> one.toString().endsWith(" of subscribed")))
        .containsExactly(
            "start of subscribed",
            "complete of subscribed",
            "start of subscribed",
            "error of subscribed");
    typed.awaitNext(one -> one.equals("any not mine"));
    assertThat(typed.seen(one -> one.toString().startsWith("my "))).containsExactly("my mine");
    int before = all.seen().size();
    every.unsubscribe();
    every.unsubscribe();
    RunHandle run = manager.runWorkerById("subscribed");
    allEventsOf(run);
    assertThat(all.seen()).hasSize(before);
  }

  @Test
  void positionsAreConsecutive() {
    for (int i = 0; i < 30; i++) {
      manager.emitMilestone("consecutive", i);
    }
    manager.runLoopOnce();

    List<JournalEntry> journal = journal(0, null);
    assertThat(journal)
        .extracting(JournalEntry::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, journal.size()).boxed().toList());
    assertThat(manager.journalPosition()).isGreaterThanOrEqualTo(journal.size());
    assertThat(journal)
        .filteredOn(
            entry -> entry.event() instanceof Milestone m && m.milestoneId().equals("consecutive"))
        .extracting(entry -> ((Milestone) entry.event()).payload(Integer.class))
        .isSorted()
        .hasSize(30);
  }

  @Test
  void followerGoesOnWhereAnotherEnded() {
    Probe<JournalEntry> first = new Probe<>();
    Probe<JournalEntry> second = new Probe<>();
    Subscription following = manager.followJournal(0, first);
    manager.emitMilestone("followed 1", null);
    JournalEntry last = first.awaitNext(entry -> isMilestone("followed 1", entry));
    following.unsubscribe();

    manager.emitMilestone("followed 2", null);
    manager.emitMilestone("followed 3", null);
    manager.runLoopOnce();
    manager.followJournal(last.position(), second);
    second.awaitNext(entry -> isMilestone("followed 3", entry));

    assertThat(first.seen()).noneMatch(entry -> isMilestone("followed 2", entry));
    assertThat(first.seen())
        .extracting(JournalEntry::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, first.seen().size()).boxed().toList());
    assertThat(second.seen().get(0).position()).isEqualTo(last.position() + 1);
    assertThat(second.seen())
        .extracting(JournalEntry::position)
        .containsExactlyElementsOf(
            LongStream.range(last.position() + 1, last.position() + 1 + second.seen().size())
                .boxed()
                .toList());
  }

  @Test
  void followerThatThrowsIsUnsubscribed() {
    Probe<JournalEntry> bad = new Probe<>();
    Probe<JournalEntry> good = Probe.journal(manager);
    manager.followJournal(
        manager.journalPosition(),
        entry -> {
          bad.accept(entry);
          throw new IllegalStateException("a bad follower");
        });

    manager.emitMilestone("thrown at", null);
    manager.emitMilestone("not thrown at", null);
    good.awaitNext(entry -> isMilestone("not thrown at", entry));
    manager.runLoopOnce();

    assertThat(bad.seen()).hasSize(1);
  }

  @Test
  void journalIsFiltered() {
    register("filtered", run -> "done");
    manager.runWorkerById("filtered").join(Probe.PATIENCE);
    RunHandle run = manager.runWorkerById("filtered");
    allEventsOf(run);
    manager.runLoopOnce();

    List<JournalEntry> ofUnit = journal(0, "filtered");
    List<JournalEntry> ofTypes = journal(0, "filtered", EventType.START, EventType.COMPLETE);

    assertThat(ofUnit).hasSize(12);
    assertThat(ofTypes)
        .extracting(entry -> entry.event().type())
        .containsExactly(EventType.START, EventType.COMPLETE, EventType.START, EventType.COMPLETE);
    assertThat(journal(ofTypes.get(1).position(), "filtered", EventType.START)).hasSize(1);
    assertThat(manager.readJournal(new JournalQuery(0, "filtered", Set.of(), 5)))
        .containsExactlyElementsOf(ofUnit.subList(0, 5));
    assertThat(journal(0, "nobody")).isEmpty();
  }

  @Test
  void failureInTheJournalHasNoException() {
    register(
        "broken",
        run -> {
          throw new IllegalStateException("as it was");
        });
    RunHandle run = manager.runWorkerById("broken");
    allEventsOf(run);

    assertThat(inJournal(run))
        .filteredOn(UnitFailed.class::isInstance)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(((UnitFailed) event).failure().message()).isEqualTo("as it was");
              assertThat(((UnitFailed) event).failure().exception()).isEmpty();
            });
  }

  @Test
  void wrongMilestoneIsAnErrorAndNothingIsAnnounced() throws Exception {
    long before = database.number("select count(*) from sk_event where type = 'milestone'");

    assertThatThrownBy(() -> manager.emitMilestone("", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SYNC-0072");
    assertThatThrownBy(() -> manager.emitMilestone("x".repeat(201), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> manager.emitMilestone("large", "x".repeat(65_535)))
        .isInstanceOf(InvalidPayloadException.class)
        .hasMessageContaining("SYNC-0067");
    assertThatThrownBy(() -> manager.emitMilestoneNow("large", "x".repeat(65_535)))
        .isInstanceOf(InvalidPayloadException.class);

    assertThat(database.number("select count(*) from sk_event where type = 'milestone'"))
        .isEqualTo(before);
    manager.emitMilestone("x".repeat(200), "x".repeat(65_534));
    events.awaitNext(Milestone.class, milestone -> milestone.milestoneId().equals("x".repeat(200)));
  }

  @Test
  void wrongMilestoneOfARunFailsTheAttempt() {
    register(
        "too-loud",
        run -> {
          run.milestone("loud", "x".repeat(70_000));
          return "done";
        });

    assertThat(manager.runWorkerById("too-loud").join(Probe.PATIENCE).state())
        .isEqualTo(RunState.FAILED);
  }

  private List<SynchronikEvent> inJournal(RunHandle run) {
    manager.runLoopOnce();
    return journal(0, run.unit().value()).stream()
        .map(JournalEntry::event)
        .filter(event -> event.run().equals(Optional.of(run.id())))
        .toList();
  }

  private List<JournalEntry> journal(long after, String unit, EventType... types) {
    return manager.readJournal(new JournalQuery(after, unit, Set.of(types), 1000));
  }

  private static boolean isMilestone(String id, JournalEntry entry) {
    return entry.event() instanceof Milestone milestone && milestone.milestoneId().equals(id);
  }
}
