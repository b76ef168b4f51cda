/**
 * Who asks, what is let in, and what is answered before a resource is found. Requests come on the
 * server's threads; nothing is kept between them.
 */
@NullMarked
package io.synchronik.impl.admin.http;

import org.jspecify.annotations.NullMarked;
