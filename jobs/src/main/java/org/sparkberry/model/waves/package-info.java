/**
 * The search for gravitational waves of merging black holes in detector data: waveform, noise spectrum, bank of
 * templates, matched filter, coincidence between detectors, false alarms by time slides, and the masses of what was
 * found. It uses {@code random} and {@code estimate} alone.
 */
@NullMarked
package org.sparkberry.model.waves;

import org.jspecify.annotations.NullMarked;
