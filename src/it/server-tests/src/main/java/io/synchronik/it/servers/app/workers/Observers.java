package io.synchronik.it.servers.app.workers;

import io.synchronik.event.Milestone;
import io.synchronik.event.MilestoneId;
import io.synchronik.event.OfUnit;
import io.synchronik.event.UnitCompleted;
import io.synchronik.event.UnitEvent;
import io.synchronik.event.UnitStarted;
import io.synchronik.it.servers.app.Notes;
import io.synchronik.it.servers.app.Surroundings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

@ApplicationScoped
public class Observers {
  @Inject Notes notes;

  void completed(@Observes @OfUnit("greet") UnitCompleted event) {
    notes.add("observed greet of " + Surroundings.describe());
  }

  void completedAsync(@ObservesAsync @OfUnit("greet") UnitCompleted event) {
    notes.add("observed async greet of " + Surroundings.describe());
  }

  void milestone(@Observes @MilestoneId("greeted") Milestone milestone) {
    notes.add("observed milestone " + milestone.payload(String.class));
  }

  void milestoneAsync(@ObservesAsync @MilestoneId("greeted") Milestone milestone) {
    notes.add("observed async milestone " + milestone.payload(String.class));
  }

  void started(@Observes UnitStarted event) {
    notes.add("observed start of " + event.unit());
  }

  void ofAnother(@Observes @OfUnit("another") UnitEvent event) {
    notes.add("observed another's " + event);
  }

  void anotherMilestone(@Observes @MilestoneId("another") Milestone milestone) {
    notes.add("observed another's " + milestone);
  }
}
