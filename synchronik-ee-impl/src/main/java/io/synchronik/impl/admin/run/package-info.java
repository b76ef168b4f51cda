/** Runs over HTTP. */
@NullMarked
package io.synchronik.impl.admin.run;

import org.jspecify.annotations.NullMarked;
