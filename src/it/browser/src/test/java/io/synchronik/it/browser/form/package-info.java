/** What the sample gets instead of its own login, to be logged in by a form. */
package io.synchronik.it.browser.form;
