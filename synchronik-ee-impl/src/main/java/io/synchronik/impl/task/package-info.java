/** Sub-tasks inside one worker: who works on them, how they are stopped, what came out. */
@NullMarked
package io.synchronik.impl.task;

import org.jspecify.annotations.NullMarked;
