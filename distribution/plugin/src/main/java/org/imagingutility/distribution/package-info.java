/**
 * Makes distributions: goal {@code compose} lays out the folder of one from its resolved {@code .bndrun} files, goal
 * {@code runtime} makes a Java runtime for it. Nothing here is part of what is distributed.
 */
package org.imagingutility.distribution;
