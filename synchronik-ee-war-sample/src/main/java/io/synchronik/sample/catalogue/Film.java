package io.synchronik.sample.catalogue;

/**
 * A film as the catalogue tells it.
 *
 * @param id such as {@code tt0133093}
 * @param title in English
 * @param year of its release
 * @param director one or more people
 */
public record Film(String id, String title, int year, String director) {}
