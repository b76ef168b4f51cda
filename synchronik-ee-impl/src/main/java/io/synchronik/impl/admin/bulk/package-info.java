/** What is done to many by the server, over HTTP. */
@NullMarked
package io.synchronik.impl.admin.bulk;

import org.jspecify.annotations.NullMarked;
