/**
 * Reading finished images: opening one, its chunk tables and stored frames, the stages that decode frames for whoever
 * takes the content, and an image seen as the device it was made of. For the packages of the jobs and for
 * {@code engine.probe}; depends on {@code engine.frames}, {@code engine.pipeline} and {@code engine.plugin}.
 */
package org.imagingutility.engine.read;
