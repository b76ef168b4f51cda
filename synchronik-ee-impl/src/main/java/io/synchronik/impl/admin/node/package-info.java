/** The engine on the answering node over HTTP. */
@NullMarked
package io.synchronik.impl.admin.node;

import org.jspecify.annotations.NullMarked;
