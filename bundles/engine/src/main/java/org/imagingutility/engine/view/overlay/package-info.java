/**
 * What clients write to a device that is served, kept in a file beside the image, which never changes.
 *
 * <p>The file, numbers little endian:
 * <pre>
 * 0     header, 4096 bytes: "IMGUOVL1" (8 bytes), device length (i64), block length (i32, 65536), zero (i32),
 *       SHA-256 of the identity of what lies beneath (32 bytes), CRC-32C of the 56 bytes before (i32), zeros
 * 4096  map: two bits for each block of the device, the first block in the lowest ones: 0 what lies beneath, 1 data, 2 zeros;
 *       padded to whole 4096 bytes
 * then  the blocks, each at its place, so that the file is as sparse as what was written
 * </pre>
 * A block's bits are written when a client flushes, after its content was forced, and never before: a file whose process was killed holds all that
 * was flushed. What was written and not flushed may be lost, as from a disk's own cache.
 */
package org.imagingutility.engine.view.overlay;
