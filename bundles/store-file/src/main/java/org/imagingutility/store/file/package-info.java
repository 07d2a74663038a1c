/**
 * Images in files.
 *
 * <p>A new image is written to {@code NAME.partial} beside its final place and gets its name only when it is complete
 * and on stable storage. A job that ends before that, however it ends, leaves the {@code .partial}; one that gives up
 * removes it. What is on disk after a loss of power:
 * <ol>
 * <li>before publishing: what stood under the name before, and a {@code .partial} with all that was written before the last
 *     force, and any part of what was written after it;
 * <li>after the force, before the new name is forced: the same, the {@code .partial} being whole;
 * <li>after the link to the new name: the whole image under its name, and perhaps a second name {@code .partial} of the
 *     same file, which is why a left-over {@code .partial} is deleted, never cut and written again.
 * </ol>
 *
 * <p>Reopening finds each of these: in states 1 and 2 it opens the {@code .partial}, which gets its name when it is
 * published; in state 3 it forces the name, takes the second one away, and opens the image where it stands. A file that
 * stands under the name alone is opened there as well; it has its name already, so until it is published a loss of power
 * leaves it with what is forced and any part of the rest. Nothing else is changed by opening. With a {@code .partial} and
 * another file under the name, the {@code .partial} is opened only if it may replace that.
 *
 * <p>Who writes holds a lock of the operating system on the file, and its names in {@link org.imagingutility.file.io.Claims}. A job that replaces an
 * image looks whether another continues it under its name, after it has the {@code .partial}; a job that continues under
 * the name looks for a {@code .partial} after it has its lock. So no two jobs write the same image, in whatever order they
 * come. Closing any channel of a file gives up all locks that the process has on it (POSIX), so nothing here closes a
 * second channel of a file that is being written.
 *
 * <p>Reads can be made to ask the medium (O_DIRECT, see {@link org.imagingutility.file.io.MediumReader}), which is how a job learns what is really there
 * after a force failed (see {@link WritableImageFile}).
 *
 * <p>Files are {@link java.nio.channels.FileChannel}s, which close themselves when their thread is interrupted: whoever
 * stops a job must not interrupt threads that read or write here.
 */
package org.imagingutility.store.file;
