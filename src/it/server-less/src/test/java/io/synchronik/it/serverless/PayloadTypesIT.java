package io.synchronik.it.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.RunRequest;
import io.synchronik.it.testkit.DatabaseKind;
import io.synchronik.it.testkit.Node;
import io.synchronik.it.testkit.NodeBuilder;
import io.synchronik.it.testkit.Probe;
import io.synchronik.item.ItemContext;
import io.synchronik.item.ItemQuery;
import io.synchronik.item.ItemSource;
import io.synchronik.item.ItemWork;
import io.synchronik.item.Items;
import io.synchronik.run.InvalidDefinitionException;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunState;
import io.synchronik.worker.RunContext;
import io.synchronik.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Payloads and results of generic types. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PayloadTypesIT extends SharedNode {

  /** A generic record. */
  public record G<T>(T value) {}

  /** A record that holds some. */
  public record Order(G<String> customer, List<G<Integer>> lines) {}

  /** Works on one item and tells what it was. */
  abstract static class Told<P> implements ItemWork<P, String> {
    private final P item;

    Told(P item) {
      this.item = item;
    }

    @Override
    public void enumerate(Items<P> items, RunContext run) {
      items.add(item);
    }

    @Override
    public String process(P payload, ItemContext context) {
      if (!payload.equals(item)) {
        throw new IllegalStateException(payload + " is not " + item);
      }
      return payload.toString();
    }
  }

  @Worker(id = "of-record")
  static class OfRecord extends Told<G<String>> {
    OfRecord() {
      super(new G<>("a"));
    }
  }

  @Worker(id = "of-list")
  static class OfList extends Told<List<G<String>>> {
    OfList() {
      super(List.of(new G<>("a"), new G<>("b")));
    }
  }

  @Worker(id = "of-map")
  static class OfMap extends Told<Map<String, G<Integer>>> {
    OfMap() {
      super(Map.of("k", new G<>(1)));
    }
  }

  @Worker(id = "of-optional")
  static class OfOptional extends Told<G<Optional<String>>> {
    OfOptional() {
      super(new G<>(Optional.of("a")));
    }
  }

  @Worker(id = "of-order")
  static class OfOrder extends Told<Order> {
    OfOrder() {
      super(new Order(new G<>("a"), List.of(new G<>(1))));
    }
  }

  /** What no JSON can be read as. */
  public interface Shape {}

  @Worker(id = "of-shape")
  static class OfShape extends Told<G<Shape>> {
    OfShape() {
      super(new G<>(null));
    }
  }

  @Override
  NodeBuilder configured(NodeBuilder builder) {
    return builder.beans(
        OfRecord.class, OfList.class, OfMap.class, OfOptional.class, OfOrder.class);
  }

  @Test
  void payloadsOfItemsAreReadAsWhatTheClassSays() {
    for (String id : List.of("of-record", "of-list", "of-map", "of-optional", "of-order")) {
      RunHandle run = manager.runWorkerById(id);

      assertThat(run.join(Probe.PATIENCE).state())
          .as(() -> manager.items().list(run.id().value(), ItemQuery.FIRST).items().toString())
          .isEqualTo(RunState.COMPLETED);
    }
  }

  @Test
  void payloadsAndResultsOfRunsAreReadAsWhatIsAskedFor() {
    Order order = new Order(new G<>("a"), List.of(new G<>(1)));
    register("orders", run -> new G<>(run.payload(Order.class).customer().value()));

    RunHandle run = manager.runUnitById("orders", RunRequest.PLAIN.withPayload(order));

    assertThat(run.join(Probe.PATIENCE).result().as(G.class)).isEqualTo(new G<>("a"));
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheReason() throws Exception {
    assertThatThrownBy(
            () ->
                manager.registerUnit(
                    ItemSource.worker(
                        "shapes", Shape.class, (ItemWork<Shape, String>) new Shapes())))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("SYNC-0176")
        .hasMessageContaining("'shapes'")
        .hasMessageContaining(Shape.class.getName())
        .hasMessageContaining("is abstract");
    assertThatThrownBy(() -> Node.on(database).beans(OfShape.class).start().close())
        .hasStackTraceContaining("SYNC-0176")
        .hasStackTraceContaining("'of-shape'")
        .hasStackTraceContaining(OfShape.class.getName());
  }

  /** Code in memory of such items. */
  static class Shapes implements ItemWork<Shape, String> {
    @Override
    public void enumerate(Items<Shape> items, RunContext run) {}

    @Override
    public String process(Shape payload, ItemContext item) {
      return "never";
    }
  }
}
