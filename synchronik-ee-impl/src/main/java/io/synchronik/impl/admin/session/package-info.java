/** Who looks, at what: what the dashboard asks first. */
@NullMarked
package io.synchronik.impl.admin.session;

import org.jspecify.annotations.NullMarked;
