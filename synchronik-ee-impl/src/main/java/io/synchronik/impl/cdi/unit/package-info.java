/**
 * What classes, annotations and configuration say of units: workers and processes are made of it,
 * and all that is wrong is found. No thread, no table.
 */
@NullMarked
package io.synchronik.impl.cdi.unit;

import org.jspecify.annotations.NullMarked;
