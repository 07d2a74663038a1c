package org.imagingutility.device.file.linux;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.imagingutility.file.io.system.CodedError;
import org.imagingutility.file.io.NativeNames;
import org.imagingutility.file.io.system.OperatingSystem;

/**
 * Calls of the C library of Linux. Functions are looked up for each user and never registered with a class, so nothing keeps the
 * native library longer than its user. For several threads at once.
 */
final class NativeCalls {
    /** {@code O_*} of asm-generic/fcntl.h. */
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_EXCL = 0x80;
    /** Of lseek(2): the next byte that is no hole. */
    private static final int SEEK_DATA = 3;
    /** Of asm-generic/errno-base.h: no data behind the offset. */
    private static final int ENXIO = 6;
    private static final int O_CLOEXEC = 0x80000;
    /** Of asm-generic/errno-base.h. */
    private static final int EINTR = 4;
    private static final int EBUSY = 16;
    /** Processors with the numbers above, by Java's names. All have 64 bits, so {@code off_t} is a long. */
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64", "riscv64", "s390x", "loongarch64");

    private final NativeLibrary library;

    private NativeCalls(NativeLibrary library) {
        this.library = library;
    }

    /** What a call answered that failed. */
    static final class CallException extends IOException implements CodedError {
        private static final long serialVersionUID = 1;
        private final int error;

        private CallException(String words, String name, int error) {
            super(words + " (" + name + ")");
            this.error = error;
        }

        @Override
        public int code() {
            return error;
        }

        /** Says whether it is EBUSY: something else has it. */
        boolean isBusy() {
            return error == EBUSY;
        }
    }

    /**
     * Loads the library.
     *
     * @throws IOException if the operating system is not Linux, or the processor is not known here
     * @throws LinkageError if JNA is not there or cannot be loaded
     */
    static NativeCalls load() throws IOException {
        if (!OperatingSystem.isLinux()) {
            throw new IOException("that is known of Linux only");
        }
        if (!PROCESSORS.contains(System.getProperty("os.arch"))) {
            throw new IOException("the calls for that are not known for the processor " + System.getProperty("os.arch"));
        }
        return new NativeCalls(NativeLibrary.getProcess());
    }

    /** Opens a file; returns the descriptor, which is not handed to other programs. */
    int open(Path path, int flags) throws IOException {
        byte[] name = NativeNames.bytes(path);
        return call("open", Arrays.copyOf(name, name.length + 1), flags | O_CLOEXEC);
    }

    /** Calls a function that returns -1 and says why in errno. A call that a signal broke off is made again. */
    int call(String name, Object... arguments) throws IOException {
        Function function = library.getFunction(name);
        int result = function.invokeInt(arguments);
        while (result == -1) {
            int error = Native.getLastError();
            if (error != EINTR) {
                throw new CallException(library.getFunction("strerror").invokeString(new Object[] {error}, false), name, error);
            }
            result = function.invokeInt(arguments);
        }
        return result;
    }

    /**
     * Returns where the first data lies from {@code offset} on in an open file, empty if there is none (lseek(2), SEEK_DATA).
     *
     * @throws IOException if the file system does not tell
     */
    OptionalLong nextData(int descriptor, long offset) throws IOException {
        long data = library.getFunction("lseek").invokeLong(new Object[] {descriptor, offset, SEEK_DATA});
        if (data >= 0) {
            return OptionalLong.of(data);
        }
        int error = Native.getLastError();
        if (error == ENXIO) {
            return OptionalLong.empty();
        }
        throw new CallException(library.getFunction("strerror").invokeString(new Object[] {error}, false), "lseek", error);
    }

    /** Closes a descriptor. Linux has closed it whatever close(2) says of writing, so it is not called again after a signal. */
    void close(int descriptor) throws IOException {
        if (library.getFunction("close").invokeInt(new Object[] {descriptor}) == -1 && Native.getLastError() != EINTR) {
            throw new IOException("a file descriptor cannot be closed: error " + Native.getLastError());
        }
    }
}
