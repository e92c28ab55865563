package org.sparkberry.report;

/**
 * A figure of the page.
 *
 * @param name of its files
 * @param heading above it
 * @param caption below it: what to look at
 * @param drawing itself
 */
record Figure(String name, String heading, String caption, Drawing drawing) {}
