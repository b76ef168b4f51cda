/** Units as seen from outside: ids, status, statistics. */
@NullMarked
package io.synchronik.unit;

import org.jspecify.annotations.NullMarked;
