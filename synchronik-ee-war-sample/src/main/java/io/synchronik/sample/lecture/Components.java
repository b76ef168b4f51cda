package io.synchronik.sample.lecture;

/**
 * The velocity at launch.
 *
 * @param horizontal stays the same in flight
 * @param vertical is used up by gravity
 */
public record Components(Quantity horizontal, Quantity vertical) {}
