/** Processes over HTTP: their graphs, and their runs with where the workers stand. */
@NullMarked
package io.synchronik.impl.admin.flow;

import org.jspecify.annotations.NullMarked;
