/** Units over HTTP: the list, one, what people do to them, their runs. */
@NullMarked
package io.synchronik.impl.admin.unit;

import org.jspecify.annotations.NullMarked;
