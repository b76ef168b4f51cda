/** A polite scraper: it asks what it may read, and takes its time between two pages. */
@NullMarked
package io.synchronik.sample.scraper;

import org.jspecify.annotations.NullMarked;
