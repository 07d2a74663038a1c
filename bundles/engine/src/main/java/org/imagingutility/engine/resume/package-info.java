/**
 * Checking an unfinished image before it is resumed: which of its chunks and frames are sound, and whether they are of
 * the device at hand. Used by {@code engine.image} alone.
 */
package org.imagingutility.engine.resume;
