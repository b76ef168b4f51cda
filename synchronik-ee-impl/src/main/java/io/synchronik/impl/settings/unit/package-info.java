/**
 * What people set of units: the named texts in which annotations, MicroProfile Config, HTTP and the
 * tables write the configuration of a worker or a process.
 */
@NullMarked
package io.synchronik.impl.settings.unit;

import org.jspecify.annotations.NullMarked;
