/**
 * The same done to many runs, items or units by the server: asked for once, by a filter, carried
 * out in bites by any node.
 */
@NullMarked
package io.synchronik.bulk;

import org.jspecify.annotations.NullMarked;
