/**
 * Bodies that attract each other: where they start, how they move, and what is watched of them. Numbers are in the
 * units of the start: lengths, times and masses in which the constant of gravity is {@link
 * org.sparkberry.model.galaxy.NBody.Settings#gravity}.
 */
@NullMarked
package org.sparkberry.model.galaxy;

import org.jspecify.annotations.NullMarked;
