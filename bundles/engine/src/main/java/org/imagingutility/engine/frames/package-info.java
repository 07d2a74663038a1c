/**
 * What is done to a single frame, whatever the job: encoding and decoding it with a codec, telling zeros, computing
 * digests. Every package that reads or writes images may use it; it depends on {@code engine.plugin} only.
 */
package org.imagingutility.engine.frames;
