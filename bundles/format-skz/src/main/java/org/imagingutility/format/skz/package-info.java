/**
 * The skz container, format version 1.0. {@code docs/image-format.md} specifies it byte by byte.
 *
 * <pre>
 * image      = HEADER INDEX chunks tail-gap FOOTER-COPY INDEX-COPY HEADER-COPY FOOTER
 * chunks     = { [ INDEX ] chunk }             an INDEX block stands there when the one before it is full
 * chunk      = CHUNK-HEAD { gap [ UNREADABLE ] FRAME-HEAD stored-frame } gap CHUNK-TABLE
 * gap        = { zero-run }                    the codec's form of the windows without data, if gaps are written
 * structure  = u32 magic 0x184D2A51..59, u32 length of what follows, 8 characters tag, fields, u32 CRC-32C
 * </pre>
 *
 * Numbers are little-endian. Each structure (in capitals) is a zstd skippable frame (RFC 8878 section 3.1.2), so that
 * a stock decompressor of the codec sees nothing but frames in the order of the device.
 *
 * <p>The packages below this one each have one subject, and see only those further down:
 *
 * <pre>
 * SkzFormat                           what callers see
 * salvage   resume                    damaged images; unfinished ones
 * read      write                     complete images; new ones
 * check                               is every byte what it must be?
 * file                                bounded reads, writes in order, gap frames, a walk through a chunk
 * layout                              the structures, one class for each
 * structure                           what all structures have in common
 * </pre>
 */
package org.imagingutility.format.skz;
