package org.imagingutility.windows.io;

import java.io.IOException;

/** What a function of Windows answered that failed: an error code, and the words that Windows has for it. */
public final class WindowsException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int FROM_SYSTEM = 0x1000;
    private static final int IGNORE_INSERTS = 0x200;
    private static final int ENGLISH = 0x409;
    private static final int MOST_CHARACTERS = 512;

    private final int code;

    private WindowsException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** Creates the error of a system that cannot be asked at all. */
    WindowsException(String message, Throwable cause) {
        super(message, cause);
        this.code = 0;
    }

    /**
     * Returns the error of the last call of this thread.
     *
     * @param function the function that was called and failed
     */
    public static WindowsException last(Kernel32 kernel, String function) {
        return of(kernel, kernel.lastError(), function);
    }

    /** Returns the error of a code: of {@code GetLastError}, or an {@code HRESULT}. */
    public static WindowsException of(Kernel32 kernel, int code, String function) {
        return new WindowsException(words(kernel, code) + " (Windows error " + number(code) + ", " + function + ")", code);
    }

    /** Returns the error code; 0 where Windows could not be asked. */
    public int code() {
        return code;
    }

    /** Says of which kind it is. */
    public ErrorKind kind() {
        return ErrorKind.of(code);
    }

    private static String number(int code) {
        return code < 0 ? String.format("0x%08X", code) : Integer.toString(code);
    }

    /** Returns what Windows says: in English, as all of this program does, where it knows English. */
    private static String words(Kernel32 kernel, int code) {
        NativeBuffer text = NativeBuffer.ofText(kernel, MOST_CHARACTERS);
        for (int language : new int[] {ENGLISH, 0}) {
            int length = kernel.FormatMessageW(FROM_SYSTEM | IGNORE_INSERTS, 0, code, language, text.address(), MOST_CHARACTERS, 0);
            String words = length > 0 ? text.text().strip().replaceAll("\\s+", " ") : "";
            if (!words.isEmpty()) {
                text.keep();
                return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
            }
        }
        return "it failed";
    }
}
