/**
 * The job that writes an image back to a device or to a new file ({@code restore}), and compares it if asked to. Used by
 * the engine itself and by {@code engine.set}.
 */
package org.imagingutility.engine.restore;
