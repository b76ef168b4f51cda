/** The dashboard, as somebody sees it who opens it in a browser. */
@NullMarked
package io.synchronik.it.browser;

import org.jspecify.annotations.NullMarked;
