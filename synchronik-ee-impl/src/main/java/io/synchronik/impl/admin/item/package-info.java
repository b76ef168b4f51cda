/** Work items over HTTP. */
@NullMarked
package io.synchronik.impl.admin.item;

import org.jspecify.annotations.NullMarked;
