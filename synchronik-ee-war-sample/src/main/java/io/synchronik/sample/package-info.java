/**
 * The sample: an ordinary Jakarta EE application with workers and processes.
 *
 * <p>{@link io.synchronik.sample.SimpleLogger} is the smallest worker; {@code ingestion} fetches
 * films over HTTP and stores them, by itself and as a process; {@code health} watches targets.
 * {@code lecture} is a sequential process, {@code ratings} one with a graph and {@code scraper} one
 * that takes its time. {@code billing} and {@code campaign} turn one run into many items, {@code
 * covers} is a pool with a queue, and {@code stock} does not keep up with its schedules. {@code
 * catalogue} is the web service that the ingestion and the scraper read by default. The rest is
 * what any application brings: its JAX-RS application, its users and its database.
 */
@NullMarked
package io.synchronik.sample;

import org.jspecify.annotations.NullMarked;
