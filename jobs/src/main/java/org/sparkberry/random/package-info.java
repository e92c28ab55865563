/** Streams of random numbers: (seed, job name, block, lane) determines every value. Imports nothing but the JDK. */
@NullMarked
package org.sparkberry.random;

import org.jspecify.annotations.NullMarked;
