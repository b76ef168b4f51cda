package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.ProblemJson;
import io.synchronik.monitor.AuditEntry;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the OpenAPI document what holds for every operation. Only the build uses it. */
public class DocumentFilter implements OASFilter {
  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.getPaths().getPathItems().values().forEach(DocumentFilter::complete);
  }

  private static void complete(PathItem path) {
    for (Map.Entry<PathItem.HttpMethod, Operation> entry : path.getOperations().entrySet()) {
      Operation operation = entry.getValue();
      operation.getResponses().addAPIResponse("default", problem());
      if (!Admission.looksOnly(entry.getKey().name())) {
        operation.addParameter(ownHeader());
        operation.addParameter(reason());
      }
    }
  }

  private static APIResponse problem() {
    Schema schema = OASFactory.createSchema().ref("Problem");
    Content content =
        OASFactory.createContent()
            .addMediaType(ProblemJson.MEDIA_TYPE, OASFactory.createMediaType().schema(schema));
    return OASFactory.createAPIResponse().description("A problem").content(content);
  }

  private static Parameter reason() {
    return OASFactory.createParameter()
        .in(Parameter.In.HEADER)
        .name(GivenReason.HEADER)
        .description(
            "why it is done, up to %d characters; what is not ASCII, and percent signs, as %%XX of UTF-8"
                .formatted(AuditEntry.LONGEST_REASON))
        .schema(OASFactory.createSchema().type(Schema.SchemaType.STRING));
  }

  private static Parameter ownHeader() {
    return OASFactory.createParameter()
        .in(Parameter.In.HEADER)
        .name(BodyRules.OWN_HEADER)
        .description("needed, with any value, when there is no body")
        .schema(OASFactory.createSchema().type(Schema.SchemaType.STRING));
  }
}
