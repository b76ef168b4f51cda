/** What is shown of the application as a whole, over HTTP. */
@NullMarked
package io.synchronik.impl.admin.monitor;

import org.jspecify.annotations.NullMarked;
