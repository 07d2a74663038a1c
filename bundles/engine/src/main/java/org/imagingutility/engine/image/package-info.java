/**
 * The job that makes an image of a device ({@code image}): a new one, or the rest of one that was interrupted, in as
 * many attempts as the target and the plug-ins need. Builds on {@code engine.resume}, {@code engine.retry},
 * {@code engine.verify} and {@code engine.write}; used by the engine itself and by {@code engine.set}.
 */
package org.imagingutility.engine.image;
