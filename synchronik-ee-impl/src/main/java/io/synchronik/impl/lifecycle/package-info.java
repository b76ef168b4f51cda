/** Transitions of runs and firings as pure functions: no I/O, no Jakarta, no Quartz. */
@NullMarked
package io.synchronik.impl.lifecycle;

import org.jspecify.annotations.NullMarked;
