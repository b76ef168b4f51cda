/**
 * What goes in and out over HTTP: bodies and parameters that are read, records that are written,
 * problems. Knows JSON and no resource.
 */
@NullMarked
package io.synchronik.impl.admin.json;

import org.jspecify.annotations.NullMarked;
