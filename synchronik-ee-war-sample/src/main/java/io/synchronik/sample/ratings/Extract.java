package io.synchronik.sample.ratings;

import java.util.List;

/**
 * A delivery as it came.
 *
 * @param file its name
 * @param lines one rating each: film, voter and stars, separated by semicolons
 */
public record Extract(String file, List<String> lines) {}
