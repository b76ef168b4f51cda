/**
 * How applications declare work: the {@link io.synchronik.worker.Worker} annotation, the functional
 * types a bean implements, and what a run is given.
 */
@NullMarked
package io.synchronik.worker;

import org.jspecify.annotations.NullMarked;
