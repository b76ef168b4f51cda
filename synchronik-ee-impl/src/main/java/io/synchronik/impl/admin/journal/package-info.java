/**
 * The journal over HTTP: pages, the live stream, milestones. Streams are written on threads of the
 * server and kept alive by a timer of it.
 */
@NullMarked
package io.synchronik.impl.admin.journal;

import org.jspecify.annotations.NullMarked;
