package io.synchronik.sample.scraper;

import org.jspecify.annotations.Nullable;

/**
 * What the scraper has of a page.
 *
 * @param path where it is
 * @param content null when the site asks robots not to read it
 */
public record Page(String path, @Nullable String content) {}
