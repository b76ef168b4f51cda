package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.pool.PoolView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A pool. */
@Schema(name = "Pool")
record PoolJson(
    @Schema(example = "thumbnails") String name,
    @Schema(description = "how many tasks may run at once in all of the cluster") int size,
    @Schema(description = "how many tasks it has, by state") PoolView.Tasks tasks,
    Instant createdAt)
    implements Answer {

  static PoolJson of(PoolView pool) {
    return new PoolJson(pool.name(), pool.size(), pool.tasks(), pool.createdAt());
  }
}
