/**
 * Images in files.
 *
 * <p>A new image is written to {@code NAME.partial} beside its final place and gets its name only when it is complete
 * and on stable storage. What is on disk after a loss of power:
 * <ol>
 * <li>before publishing: what stood under the name before, and a {@code .partial} of any length;
 * <li>after the force, before the new name is forced: the same, the {@code .partial} being whole;
 * <li>after the link to the new name: the whole image under its name, and perhaps a second name {@code .partial} of the
 *     same file, which is why a left-over {@code .partial} is deleted, never cut and written again.
 * </ol>
 *
 * <p>Files are {@link java.nio.channels.FileChannel}s, which close themselves when their thread is interrupted: whoever
 * stops a job must not interrupt threads that read or write here.
 */
package org.imagingutility.store.file;
