/**
 * The admin resource: what an application with a list of classes adds to it. The packages below
 * have the resources by noun.
 */
@NullMarked
package io.synchronik.impl.admin;

import org.jspecify.annotations.NullMarked;
