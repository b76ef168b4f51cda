/** What stands in jars in WEB-INF/lib. */
@NullMarked
package io.synchronik.it.servers.app.library;

import org.jspecify.annotations.NullMarked;
