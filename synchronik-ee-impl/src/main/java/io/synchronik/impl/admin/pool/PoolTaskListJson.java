package io.synchronik.impl.admin.pool;

import io.synchronik.impl.admin.json.Answer;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.pool.PoolTaskView;
import io.synchronik.run.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of tasks of a pool. */
@Schema(name = "PoolTaskList")
record PoolTaskListJson(
    @Schema(description = "newest first") List<PoolTaskJson> items,
    @Nullable @Schema(description = "cursor of the following page; absent on the last") String next)
    implements Answer {

  static PoolTaskListJson of(Page<PoolTaskView> page, Sight sight) {
    return new PoolTaskListJson(
        page.items().stream().map(task -> PoolTaskJson.of(task, sight)).toList(), page.next());
  }
}
