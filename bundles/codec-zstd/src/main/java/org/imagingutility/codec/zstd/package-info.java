/**
 * The default codec: one zstd frame (RFC 8878) for each frame of an image, so that {@code zstd -d} reads a whole image.
 *
 * <p>Each stored frame says its content length and ends with the checksum of its content. A run of zeros is a frame of
 * RLE blocks written by hand ({@link org.imagingutility.codec.zstd.ZeroRunFrame}), because its bytes must never depend
 * on the version of the library.
 */
package org.imagingutility.codec.zstd;
