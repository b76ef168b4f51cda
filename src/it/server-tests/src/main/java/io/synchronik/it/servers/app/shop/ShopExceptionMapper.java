package io.synchronik.it.servers.app.shop;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

@Provider
public class ShopExceptionMapper implements ExceptionMapper<ShopException> {
  @Override
  public Response toResponse(ShopException thrown) {
    return Response.status(409).type("text/plain").entity("shop: " + thrown.getMessage()).build();
  }
}
