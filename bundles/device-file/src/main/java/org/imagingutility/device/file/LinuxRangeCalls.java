package org.imagingutility.device.file;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import org.imagingutility.file.io.FileIdentity;

/**
 * The calls of Linux: fallocate(2) and the ioctl BLKDISCARD (linux/fs.h), on a file descriptor of its own. Functions are looked
 * up for each target and never registered with a class, so nothing keeps the native library when the target is closed.
 */
final class LinuxRangeCalls implements RangeCalls {
    /** Processors with the numbers below (asm-generic), by Java's names. All have 64 bits, so {@code off_t} is a long. */
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64", "riscv64", "s390x", "loongarch64");
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    /** {@code _IO(0x12, 119)}. */
    private static final long BLKDISCARD = 0x1277;
    private static final int EINTR = 4;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final NativeLibrary library;
    private final int descriptor;
    private boolean closed;

    private LinuxRangeCalls(NativeLibrary library, int descriptor) {
        this.library = library;
        this.descriptor = descriptor;
    }

    /**
     * Opens the calls for what stands under {@code path}.
     *
     * @param identity which file that has to be
     * @throws IOException if it cannot be opened or is another one, or the operating system is not Linux
     * @throws LinkageError if JNA is not there or cannot be loaded
     */
    static RangeCalls open(Path path, FileIdentity identity) throws IOException {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            throw new IOException("that is known of Linux only");
        }
        if (!PROCESSORS.contains(System.getProperty("os.arch"))) {
            throw new IOException("the calls for that are not known for the processor " + System.getProperty("os.arch"));
        }
        NativeLibrary library = NativeLibrary.getProcess();
        int descriptor = checked(library, "open", terminated(path), O_RDWR | O_CLOEXEC);
        LinuxRangeCalls calls = new LinuxRangeCalls(library, descriptor);
        try {
            // the name may lead elsewhere by now: the open file is asked which one it is
            if (!identity.equals(FileIdentity.of(Files.readAttributes(DESCRIPTORS.resolve(Integer.toString(descriptor)),
                    BasicFileAttributes.class)))) {
                throw new IOException("its name leads to another file by now");
            }
            return calls;
        } catch (IOException | RuntimeException e) {
            try {
                calls.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Names are bytes, in the encoding that Java itself opens files with. */
    private static byte[] terminated(Path path) {
        String encoding = System.getProperty("sun.jnu.encoding");
        byte[] name = path.toString().getBytes(encoding == null ? Charset.defaultCharset() : Charset.forName(encoding));
        return Arrays.copyOf(name, name.length + 1);
    }

    @Override
    public void punchHole(long offset, long length) throws IOException {
        checked(library, "fallocate", descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        checked(library, "ioctl", descriptor, BLKDISCARD, new long[] {offset, length});
    }

    /** Calls a function that returns -1 and says why in errno. A call that a signal broke off is made again. */
    private static int checked(NativeLibrary library, String name, Object... arguments) throws IOException {
        Function function = library.getFunction(name);
        int result = function.invokeInt(arguments);
        while (result == -1) {
            int error = Native.getLastError();
            if (error != EINTR) {
                String words = library.getFunction("strerror").invokeString(new Object[] {error}, false);
                throw new IOException(words + " (" + name + ")");
            }
            result = function.invokeInt(arguments);
        }
        return result;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            // Linux has closed the descriptor whatever close(2) says of writing, so it is not called again after a signal
            if (library.getFunction("close").invokeInt(new Object[] {descriptor}) == -1 && Native.getLastError() != EINTR) {
                throw new IOException("a file descriptor cannot be closed: error " + Native.getLastError());
            }
        }
    }
}
