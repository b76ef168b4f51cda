package io.synchronik.impl.boot;

import io.synchronik.impl.settings.Message;
import io.synchronik.impl.settings.Settings;
import java.time.Duration;
import java.util.List;

/** In what order the parts of a start begin; they stop in reverse. */
final class StartOrder {
  /** So long what tells the application may take at a stop, however short the grace. */
  private static final Duration LEAST_TOLD = Duration.ofSeconds(1);

  private final Parts parts;
  private final UseCases uses;
  private final RunningParts running;
  private final Settings settings;

  StartOrder(Parts parts, UseCases uses, RunningParts running) {
    this.parts = parts;
    this.uses = uses;
    this.running = running;
    this.settings = parts.settings();
  }

  /** What callers need. */
  List<Startable> callable() {
    return List.of(
        new Startable("give the lease back", running.lease::register, within -> giveLeaseBack()),
        Startable.atStop("end all threads", running.threads::end),
        Startable.atStop("end what tells the application", parts.strands::close),
        Startable.atStop("tell who waits for runs", this::endOutcomes));
  }

  /**
   * What works.
   *
   * @param timers begins and ends what is done again and again
   */
  List<Startable> working(Startable timers) {
    Duration grace = settings.work().stopGrace();
    return List.of(
        new Startable("end the heartbeat", running.lease::start, within -> running.lease.stop()),
        new Startable("announce what is left", this::startTelling, parts.announcer::stop),
        Startable.atStop("number the journal", within -> uses.feed.number()),
        Startable.atStop("hear attempts no more", within -> running.outputs.close()),
        new Startable(
            "move pools on",
            () -> running.pools.start(running.threads, running.attempts),
            running.pools::stop),
        new Startable(
            "move processes on",
            () -> running.decisions.start(running.threads, running.attempts),
            running.decisions::stop),
        new Startable("record ends of items", running.items::start, running.items::stop),
        new Startable(
            "record ends of attempts",
            () -> running.completions.start(running.threads),
            running.completions::stop),
        new Startable(
            "ask the application nothing more", running.questions::open, running.questions::close),
        new Startable(
            "end what runs",
            () -> running.taken.start(running.threads),
            within -> running.taken.drain(grace),
            grace.plus(Startable.USUAL)),
        Startable.atStop("begin nothing new", within -> beginNothing()),
        new Startable("leave the other nodes", running.neighbours::start, running.neighbours::stop),
        Startable.atStop("claim no items", running.items::stopClaiming),
        new Startable(
            "do nothing more to many",
            () -> running.bulk.start(running.threads),
            running.bulk::stop),
        new Startable(
            "take nothing in", () -> running.intake.start(running.attempts), running.intake::stop),
        timers,
        new Startable(
            "wait for the database no longer",
            () -> parts.core.transactions().waitForDatabase(true),
            within -> parts.core.transactions().waitForDatabase(false)));
  }

  private void startTelling() {
    parts.strands.open(running.threads);
    parts.announcer.start(running.threads);
  }

  private void beginNothing() {
    running.decisions.ownNothing();
    running.pools.beginNothing();
  }

  private void endOutcomes(Duration within) {
    Duration grace = settings.work().stopGrace();
    Duration most = grace.compareTo(LEAST_TOLD) < 0 ? LEAST_TOLD : grace;
    // Open already, unless it never began
    parts.strands.open(running.threads);
    parts.telling.stop(
        Message.NOT_RUNNING.with(settings.identity().application()),
        most.compareTo(within) < 0 ? most : within);
  }

  /** Work that could not be ended here must not begin elsewhere before the lease has passed. */
  private void giveLeaseBack() {
    try {
      if (running.taken.isDrained()) {
        running.lease.release();
      }
    } finally {
      parts.core.journal().untold().ended();
    }
  }
}
