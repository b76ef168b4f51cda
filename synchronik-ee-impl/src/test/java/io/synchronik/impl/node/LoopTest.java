package io.synchronik.impl.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {
  @Test
  void stepThatThrowsAnErrorHoldsUpNoOther() {
    AtomicInteger done = new AtomicInteger();
    Loop loop =
        new Loop(
            Loop.Way.FREE,
            List.of(
                new Loop.Step(
                    "fail",
                    () -> {
                      throw new StackOverflowError("step");
                    }),
                new Loop.Step("count", done::incrementAndGet)));

    loop.tick();
    loop.tick();

    assertThat(done).hasValue(2);
  }
}
