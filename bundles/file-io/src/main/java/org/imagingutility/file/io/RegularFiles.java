package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Opens regular files by names that another process may give to something else at any moment. To open a pipe for reading waits
 * until somebody writes into it, and Java has no {@code O_NONBLOCK}: so the opening has a thread of its own, which is left behind
 * when what has the name turns out to be no regular file. Such a thread ends when the pipe is opened for writing, or with the
 * process. On Windows pipes have names of their own that no file can get, and files are opened as usual.
 */
public final class RegularFiles {
    private static final boolean ON_WINDOWS = java.io.File.separatorChar == '\\';
    private static final String NOT_REGULAR = "it is not a regular file by now";
    private static final long LOOK_MILLIS = 100;
    /** Far longer than a file takes to open whose name can be looked up at once. */
    private static final long PATIENCE_SECONDS = 60;

    private RegularFiles() {
    }

    /**
     * Opens the file at {@code path}.
     *
     * @param options of {@link FileChannel#open}; none that makes a file
     * @throws IOException as of {@link FileChannel#open}, or if what has the name while it is opened is no regular file, or something
     *         else was opened that does not answer
     */
    public static FileChannel open(Path path, OpenOption... options) throws IOException {
        return ON_WINDOWS ? FileChannel.open(path, options) : new Opening(path, options).opened();
    }

    /** One opening, in a thread of its own. */
    private static final class Opening implements Runnable {
        private final Path path;
        private final OpenOption[] options;
        private final LinkOption[] links;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition ended = lock.newCondition();
        private FileChannel channel;
        private Throwable failure;
        private boolean leftBehind;

        Opening(Path path, OpenOption... options) {
            this.path = path;
            this.options = options;
            this.links = Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS)
                    ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
        }

        @Override
        public void run() {
            FileChannel opened = null;
            Throwable failed = null;
            try {
                opened = FileChannel.open(path, Set.of(options));
            } catch (IOException | RuntimeException | Error e) {
                failed = e;
            }
            lock.lock();
            try {
                channel = opened;
                failure = failed;
                ended.signal();
            } finally {
                lock.unlock();
            }
            closeIfLeftBehind();
        }

        private void closeIfLeftBehind() {
            if (leftBehind() && channel != null) {
                try {
                    channel.close();
                } catch (IOException e) {
                    System.getLogger(RegularFiles.class.getName()).log(System.Logger.Level.DEBUG,
                            "closing what is no regular file, \"" + path + "\"", e);
                }
            }
        }

        private boolean leftBehind() {
            lock.lock();
            try {
                return leftBehind;
            } finally {
                lock.unlock();
            }
        }

        FileChannel opened() throws IOException {
            Thread thread = new Thread(this, "imaging-open");
            thread.setDaemon(true);
            thread.start();
            boolean interrupted = false;
            try {
                long begin = System.nanoTime();
                while (true) {
                    try {
                        if (awaited()) {
                            return result();
                        }
                    } catch (InterruptedException e) {
                        // an opening takes a moment; whoever interrupts is heard behind it
                        interrupted = true;
                    }
                    // asks the name, which may take as long as the opening where a share does not answer
                    boolean regular = Files.readAttributes(path, BasicFileAttributes.class, links).isRegularFile();
                    boolean patient = System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                    if ((!regular || !patient) && abandoned()) {
                        throw new IOException(regular ? "it was not opened within " + PATIENCE_SECONDS + " seconds: something else may"
                                + " have had its name just then" : NOT_REGULAR);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Waits a moment; true if the file is open or could not be opened. */
        private boolean awaited() throws InterruptedException {
            lock.lock();
            try {
                long left = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
                while (channel == null && failure == null && left > 0) {
                    left = ended.awaitNanos(left);
                }
                return channel != null || failure != null;
            } finally {
                lock.unlock();
            }
        }

        /** Leaves the opening behind; false if it has just ended. */
        private boolean abandoned() {
            lock.lock();
            try {
                leftBehind = channel == null && failure == null;
                return leftBehind;
            } finally {
                lock.unlock();
            }
        }

        private FileChannel result() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            try {
                // somebody may have the other end of a pipe open; to ask for the position of one fails, whatever has its name by now
                channel.position();
                if (!Files.readAttributes(path, BasicFileAttributes.class, links).isRegularFile()) {
                    throw new IOException(NOT_REGULAR);
                }
                return channel;
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        }
    }
}
