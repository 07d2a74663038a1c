package org.imagingutility.engine.files.target.linux;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Calls of the C library of Linux. Functions are looked up and never registered with a class, so nothing keeps the native library longer than
 * its user. For one thread.
 */
final class LinuxCalls {
    /** Of fcntl.h: not an open folder, but the current one. */
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EMPTY_PATH = 0x1000;
    /** {@code O_*} of asm-generic/fcntl.h. */
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    /** Of asm-generic/errno-base.h and errno.h. */
    static final int EPERM = 1;
    static final int ENOENT = 2;
    private static final int EINTR = 4;
    static final int EEXIST = 17;
    static final int EMLINK = 31;
    static final int EOPNOTSUPP = 95;
    /** EIO, ENOSPC, EROFS, ENOTCONN, ESTALE, EDQUOT: what follows would fail as well. */
    private static final Set<Integer> LASTING = Set.of(5, 28, 30, 107, 116, 122);
    /** Processors with the numbers above, by Java's names; all have 64 bits, so {@code off_t} and {@code time_t} are longs. */
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64", "riscv64", "s390x", "loongarch64");

    private final NativeLibrary library = NativeLibrary.getProcess();
    private final Map<String, Function> functions = new HashMap<>();
    /** Those whose numbers are others on ARM (arch/arm64/include/uapi/asm/fcntl.h). */
    private final int directory;
    private final int noFollow;

    private LinuxCalls() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        directory = arm ? 0x4000 : 0x10000;
        noFollow = arm ? 0x8000 : 0x20000;
    }

    /** What a call answered that failed. */
    static final class CallException extends IOException {
        private static final long serialVersionUID = 1;
        private final int error;

        private CallException(String words, int error) {
            super(words);
            this.error = error;
        }

        /** Returns {@code errno}. */
        int error() {
            return error;
        }

        /** Says whether what follows would fail as well. */
        boolean isLasting() {
            return LASTING.contains(error);
        }
    }

    /** Says whether these calls are there and known. */
    static boolean areKnown() {
        return System.getProperty("os.name").equals("Linux") && PROCESSORS.contains(System.getProperty("os.arch"));
    }

    /**
     * Loads the library.
     *
     * @throws LinkageError if JNA is not there or cannot be loaded, or the C library is too old (glibc 2.28, musl 1.2.3 have all)
     */
    static LinuxCalls load() {
        LinuxCalls calls = new LinuxCalls();
        for (String name : new String[] {"openat", "mkdirat", "renameat", "linkat", "symlinkat", "unlinkat", "statx", "utimensat"}) {
            calls.function(name);
        }
        return calls;
    }

    private Function function(String name) {
        return functions.computeIfAbsent(name, library::getFunction);
    }

    /** Returns a name as C has it: bytes in UTF-8, of lone surrogates from U+DC80 to U+DCFF the byte that each stands for, and a zero. */
    static byte[] bytes(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length() && plain; i++) {
            plain = !Character.isSurrogate(name.charAt(i));
        }
        byte[] utf8 = plain ? name.getBytes(StandardCharsets.UTF_8) : TextBytes.of(name);
        byte[] ended = new byte[utf8.length + 1];
        System.arraycopy(utf8, 0, ended, 0, utf8.length);
        return ended;
    }

    /** Calls a function that returns -1 and says why in errno. A call that a signal broke off is made again. */
    int call(String name, Object... arguments) throws CallException {
        int result = tried(name, arguments);
        if (result < 0) {
            throw failed(-result);
        }
        return result;
    }

    /** The same, but an error is no exception: it is returned as a negative number, for what is often answered by one. */
    int tried(String name, Object... arguments) {
        Function function = function(name);
        int result = function.invokeInt(arguments);
        while (result == -1) {
            int error = Native.getLastError();
            if (error != EINTR) {
                return -error;
            }
            result = function.invokeInt(arguments);
        }
        return result;
    }

    /** The same, of a function that returns a {@code ssize_t} or {@code off_t}. */
    long callLong(String name, Object... arguments) throws CallException {
        Function function = function(name);
        long result = function.invokeLong(arguments);
        while (result == -1) {
            int error = Native.getLastError();
            if (error != EINTR) {
                throw failed(error);
            }
            result = function.invokeLong(arguments);
        }
        return result;
    }

    /** Returns the exception for an error, with the words of the system. */
    CallException failed(int error) {
        return new CallException(function("strerror").invokeString(new Object[] {error}, false), error);
    }

    /** Opens a folder that a name in an open folder stands for; a link is none. */
    int openFolder(int folder, byte[] name) throws CallException {
        return call("openat", folder, name, O_RDONLY | directory | noFollow | O_CLOEXEC);
    }

    /** Opens the folder that a user named, by whatever links. */
    int openNamed(byte[] path) throws CallException {
        return call("openat", AT_FDCWD, path, O_RDONLY | directory | O_CLOEXEC);
    }

    /** Makes a file and opens it to be written to. */
    int createFile(int folder, byte[] name, int mode) throws CallException {
        return call("openat", folder, name, O_WRONLY | O_CREAT | O_EXCL | noFollow | O_CLOEXEC, mode);
    }

    /** Closes a descriptor. Linux has closed it whatever close(2) says, so it is not called again after a signal. */
    void close(int descriptor) throws CallException {
        if (function("close").invokeInt(new Object[] {descriptor}) == -1 && Native.getLastError() != EINTR) {
            throw failed(Native.getLastError());
        }
    }
}
