/**
 * Deliveries of film ratings: a process as a graph, in which the result of one worker decides which
 * others run.
 */
@NullMarked
package io.synchronik.sample.ratings;

import org.jspecify.annotations.NullMarked;
