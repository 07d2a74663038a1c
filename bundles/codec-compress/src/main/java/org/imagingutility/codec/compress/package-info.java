/**
 * Codecs of common compressed formats. Each stored frame is one whole gzip member, xz stream, lz4 frame or bzip2 stream, or,
 * of codec {@code none}, the content itself.
 *
 * <p>gzip is the JDK's deflate and lz4 is made here, both straight from buffer to buffer. xz and bzip2 come from libraries
 * that work on streams of byte arrays: one array for each compressor stands in between.
 */
package org.imagingutility.codec.compress;
