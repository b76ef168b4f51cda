package io.synchronik.impl.net;

/**
 * Tokens of a place, as stored.
 *
 * @param place id of the place, up to 258 characters; with {@code !} before it for dead tokens
 * @param tokens how many; 0 means that there is no row
 */
public record PlaceRow(String place, int tokens) {}
