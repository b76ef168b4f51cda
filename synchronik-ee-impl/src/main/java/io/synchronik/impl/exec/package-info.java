/**
 * Threads and what they execute: the fixed set of threads of the dispatcher, lanes that work
 * something off in batches, and code of the application that is executing, with why it should stop.
 * No table, no lock of the database. The threads belong to one start of the engine and end with it.
 */
@NullMarked
package io.synchronik.impl.exec;

import org.jspecify.annotations.NullMarked;
