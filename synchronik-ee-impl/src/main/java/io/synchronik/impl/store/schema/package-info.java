/**
 * The schema and its migration, and tables that fill quickly. Runs once, before anything else, on
 * the thread that starts the engine, in local transactions under a row lock of its own.
 */
@NullMarked
package io.synchronik.impl.store.schema;

import org.jspecify.annotations.NullMarked;
