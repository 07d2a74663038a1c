/**
 * The way of the frames: readers, workers and an ordered writer that pass a fixed set of frames around, and the
 * governor that sets how many of them work.
 */
package org.imagingutility.engine.pipeline;
