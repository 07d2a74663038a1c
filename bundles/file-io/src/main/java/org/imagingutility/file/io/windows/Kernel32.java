package org.imagingutility.file.io.windows;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Calls of kernel32.dll on files. Functions are looked up for each user and never registered with a class, so nothing keeps the
 * native library longer than its user. Handles are numbers. For several threads at once.
 */
public final class Kernel32 {
    /** Access rights of winnt.h; none is enough to ask which file it is. */
    static final int GENERIC_READ = 0x80000000;
    static final int NO_ACCESS = 0;
    /** Flags of CreateFileW. */
    static final int FILE_FLAG_OVERLAPPED = 0x40000000;
    static final int FILE_FLAG_NO_BUFFERING = 0x20000000;
    static final int FILE_FLAG_BACKUP_SEMANTICS = 0x02000000;
    static final int FILE_FLAG_OPEN_REPARSE_POINT = 0x00200000;
    /** FILE_SHARE_READ, WRITE and DELETE: as Java opens files. */
    private static final int SHARE_ALL = 7;
    private static final int OPEN_EXISTING = 3;
    private static final long INVALID_HANDLE = -1;
    private static final int FROM_SYSTEM_IGNORE_INSERTS = 0x1200;
    private static final int TEXT_BYTES = 4096;
    /** What Java takes for the longest path that needs no prefix. */
    private static final int LONGEST_PLAIN = 247;

    private final NativeLibrary library;

    private Kernel32(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads the library, on Windows.
     *
     * @throws LinkageError if JNA is not there, or it or the library cannot be loaded
     */
    public static Kernel32 load() {
        return new Kernel32(NativeLibrary.getInstance("kernel32"));
    }

    /** Opens what stands under {@code path}; it may be read, written, renamed and deleted by others meanwhile. */
    long open(Path path, int access, int flags) throws IOException {
        Object[] arguments = {text(name(path)), access, SHARE_ALL, Pointer.NULL, OPEN_EXISTING, flags, Pointer.NULL};
        long handle = function("CreateFileW").invokeLong(arguments);
        if (handle == INVALID_HANDLE) {
            throw WindowsException.of(path.toString(), Native.getLastError(), this);
        }
        return handle;
    }

    /** Closes a handle. */
    void close(long handle) throws IOException {
        call("CloseHandle", handle);
    }

    /** Calls a function that returns a BOOL, with handles as long and numbers as int. */
    void call(String name, Object... arguments) throws IOException {
        int error = tried(name, arguments);
        if (error != 0) {
            throw WindowsException.of(null, error, this);
        }
    }

    /** Calls a function that returns a BOOL; returns 0 if it succeeded, else the number of its error. */
    int tried(String name, Object... arguments) {
        if (function(name).invokeInt(arguments) != 0) {
            return 0;
        }
        int error = Native.getLastError();
        return error == 0 ? WindowsException.UNKNOWN : error;
    }

    /** Calls a function that returns a handle, or nothing. */
    long handle(String name, Object... arguments) throws IOException {
        long handle = function(name).invokeLong(arguments);
        if (handle == 0) {
            throw WindowsException.of(null, Native.getLastError(), this);
        }
        return handle;
    }

    /** Returns the text of an error in the language of the process, without the full stop, as Java gives it; null if there is none. */
    public String text(int code) {
        try (Memory buffer = new Memory(TEXT_BYTES)) {
            int length = function("FormatMessageW").invokeInt(new Object[] {FROM_SYSTEM_IGNORE_INSERTS, Pointer.NULL, code, 0, buffer,
                TEXT_BYTES / 2, Pointer.NULL});
            if (length <= 0) {
                return null;
            }
            String text = new String(buffer.getByteArray(0, Math.min(length, TEXT_BYTES / 2) * 2), StandardCharsets.UTF_16LE);
            return text.strip().replaceFirst("\\.$", "");
        }
    }

    private Function function(String name) {
        return library.getFunction(name, Function.ALT_CONVENTION);
    }

    /** Returns the name of a file as Windows takes it whatever its length. */
    static String name(Path path) {
        String name = path.toAbsolutePath().toString();
        if (name.length() <= LONGEST_PLAIN || name.startsWith("\\\\?\\")) {
            return name;
        }
        String whole = path.toAbsolutePath().normalize().toString();
        return whole.startsWith("\\\\") ? "\\\\?\\UNC" + whole.substring(1) : "\\\\?\\" + whole;
    }

    /** Returns a text with a zero behind it. */
    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        return Arrays.copyOf(bytes, bytes.length + 2);
    }
}
