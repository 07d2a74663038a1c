/**
 * How a job reports its progress, and where it waits, pauses and is cancelled. Knows nothing of images: every package of
 * a job may use it; it depends on {@code engine.pipeline} and {@code engine.plugin} only.
 */
package org.imagingutility.engine.progress;
