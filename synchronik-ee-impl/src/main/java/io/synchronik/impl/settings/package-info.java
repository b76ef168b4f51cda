/**
 * The settings record, read once from MicroProfile Config, the texts in which units are configured,
 * the catalogue of messages, and the clock.
 */
@NullMarked
package io.synchronik.impl.settings;

import org.jspecify.annotations.NullMarked;
