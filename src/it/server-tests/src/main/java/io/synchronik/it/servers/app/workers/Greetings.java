package io.synchronik.it.servers.app.workers;

import io.synchronik.it.servers.app.Surroundings;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import jakarta.enterprise.context.RequestScoped;

/** A worker that is a method, with what CDI injects and the run's context as parameters. */
@RequestScoped
public class Greetings {
  @Worker(id = "greet", name = "Greet somebody")
  String greet(Ticket ticket, RunContext run, Phrases phrases) {
    String greeting = phrases.hello(run.payload(String.class)) + ticket.number();
    run.milestone("greeted", greeting);
    return greeting + " from " + Surroundings.describe();
  }
}
