/**
 * Use cases and all transaction boundaries: firing, dispatch, completion, recovery, loop, watcher,
 * events.
 */
@NullMarked
package io.synchronik.impl.engine;

import org.jspecify.annotations.NullMarked;
