/**
 * What a net is: plans of processes, checked and compiled to tasks and places with what is between
 * them. Pure, and unchanging once built.
 */
@NullMarked
package io.synchronik.impl.net.plan;

import org.jspecify.annotations.NullMarked;
