/** Commands to exit codes, and all text that a person sees. The only door to standard output and the environment. */
@NullMarked
package org.sparkberry.cli;

import org.jspecify.annotations.NullMarked;
