/**
 * The sample: an ordinary Jakarta EE application with three workers.
 *
 * <p>{@link io.synchronik.sample.SimpleLogger} is the smallest worker; {@code ingestion} fetches
 * films over HTTP and stores them; {@code health} watches targets. {@code catalogue} is the web
 * service that the ingestion reads by default. The rest is what any application brings: its JAX-RS
 * application, its users and its database.
 */
@NullMarked
package io.synchronik.sample;

import org.jspecify.annotations.NullMarked;
