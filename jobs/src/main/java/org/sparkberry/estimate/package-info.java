/**
 * Estimators that merge to the last bit in any order, and the estimates, tables and digest that they end in. Imports
 * nothing but the JDK.
 */
@NullMarked
package org.sparkberry.estimate;

import org.jspecify.annotations.NullMarked;
