package io.synchronik.impl.admin.run;

import io.synchronik.RunQuery;
import io.synchronik.impl.admin.http.AdminResource;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.run.Page;
import io.synchronik.run.RunHandle;
import io.synchronik.run.RunView;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** What the resources that show runs have in common. */
public abstract class RunResource extends AdminResource {
  protected RunListJson page(RunQuery query) {
    Sight sight = caller.sight(false);
    Page<RunView> page = manager.findRuns(query);
    return new RunListJson(
        page.items().stream().map(run -> RunJson.of(run, sight)).toList(), page.next());
  }

  protected Response created(RunHandle handle, UriInfo uri) {
    String id = handle.id().value();
    URI location = uri.getBaseUriBuilder().path(ROOT).path("runs").path(id).build();
    Response.ResponseBuilder created = Response.created(location);
    manager.getRunById(id).ifPresent(run -> created.entity(RunJson.of(run, caller.sight(true))));
    return created.build();
  }
}
