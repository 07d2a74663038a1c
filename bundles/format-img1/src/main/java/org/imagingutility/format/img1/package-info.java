/**
 * Reads images of the C# tool, versions 1 to 3. All numbers are little-endian.
 *
 * <pre>
 * header   "IMG1", i32 version, i32 sector size, i32 chunk size,
 *          i64 device length (from version 2 on), i32 n and n bytes of UTF-8 file-system name (from version 3 on)
 * chunk    i32 number from 0, i64 device offset, i32 length, i32 compressed length, 32 bytes SHA-256 of the content,
 *          one zstd frame
 * index    "IDX1", i32 count; for each chunk i64 device offset, i64 file offset of its zstd frame, i32 length,
 *          i32 compressed length
 * tail     "TAIL", i64 file offset of the index
 * </pre>
 *
 * <p>A chunk there has any place and length, one digest, and is compressed as one piece of up to 2 GiB. A reader here shows
 * frames: windows of 64 KiB, each with its own digest. So the device is cut into {@link Sections sections}: the windows that
 * one chunk alone has a part in, and the single windows that several chunks share. The frames' digests are made when a
 * section's table is asked for, from content that held against the chunks' SHA-256 in the same pass ({@link ChunkProver}).
 * The stored form of a frame is its content, for which the bundle brings a codec of its own ({@link StoredCodec}).
 *
 * <p>Content comes from a few open {@link ChunkStream streams}, each of which remembers the last few MiB it decoded, so that a
 * pass in order decodes each chunk twice: for the proof and for the content. A read that goes back further decodes its chunk
 * again from the begin.
 *
 * <p>The format has no digest of header, index and chunk heads, nor of the whole. None is made up: where one must be given, it
 * is all zeros ({@link Img1Reader#NO_DIGEST}), and the facts of the image say so.
 */
package org.imagingutility.format.img1;
