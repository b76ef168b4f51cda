package io.synchronik.it.servers.app.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@RequestScoped
@Path("articles")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ArticlesResource {
  @GET
  public Article article() {
    return new Article();
  }

  @POST
  public Article echo(@Valid Article article) {
    return article;
  }

  @GET
  @Path("stock")
  @Produces(MediaType.TEXT_PLAIN)
  public String stock(@QueryParam("least") int least) {
    return "at least " + least;
  }

  @GET
  @Path("fails/{how}")
  public Article fails(@PathParam("how") String how) {
    switch (how) {
      case "mapped" -> throw new ShopException("sold out");
      case "unmapped" -> throw new IllegalStateException("broken");
      case "missing" -> throw new NotFoundException();
      default ->
          throw new WebApplicationException(
              Response.status(418).type("text/plain").entity("a teapot").build());
    }
  }
}
