/**
 * The admin resource below the application's own JAX-RS path: units, runs, events and the engine as
 * JSON, events as a stream, errors as problems.
 *
 * <p>All of it acts on its own resources alone. A filter and a feature are bound to them; the one
 * provider that sees other requests, {@link io.synchronik.impl.admin.PathEdge}, looks at the path
 * first; the writer takes only {@link io.synchronik.impl.admin.Answer}, the exception mapper only
 * {@link io.synchronik.impl.admin.ProblemException}.
 */
@NullMarked
package io.synchronik.impl.admin;

import org.jspecify.annotations.NullMarked;
