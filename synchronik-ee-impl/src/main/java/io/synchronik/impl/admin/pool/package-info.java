/** Pools and their tasks over HTTP. */
@NullMarked
package io.synchronik.impl.admin.pool;

import org.jspecify.annotations.NullMarked;
