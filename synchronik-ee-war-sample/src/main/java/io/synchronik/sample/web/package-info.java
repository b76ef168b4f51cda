/** HTTP with time limits. */
@NullMarked
package io.synchronik.sample.web;

import org.jspecify.annotations.NullMarked;
