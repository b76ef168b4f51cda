/** The health monitor: a worker that watches targets and disables those that stay down. */
@NullMarked
package io.synchronik.sample.health;

import org.jspecify.annotations.NullMarked;
