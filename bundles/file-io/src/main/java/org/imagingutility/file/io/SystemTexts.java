package org.imagingutility.file.io;

import com.sun.jna.NativeLibrary;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.file.io.system.OperatingSystem;
import org.imagingutility.file.io.windows.Kernel32;

/**
 * The texts of the operating system for the numbers of errors, in the language that the process has, as Java gives them:
 * {@code FormatMessageW} of Windows, {@code strerror} of Linux. For several threads at once.
 */
final class SystemTexts {
    /** Where texts come from. */
    interface Source {
        /** Returns the text of a number; null if there is none. */
        String of(int code);
    }

    private final boolean windows;
    private final Source source;
    private final Map<Integer, String> known = new ConcurrentHashMap<>();

    SystemTexts(boolean windows, Source source) {
        this.windows = windows;
        this.source = source;
    }

    /** Returns the texts of this process; there are none without JNA, nor where the language is English, which is known. */
    static SystemTexts ofProcess() {
        return Holder.OF_PROCESS;
    }

    /** Says whether numbers are those of Windows, not of Linux. */
    boolean windows() {
        return windows;
    }

    /** Returns the text of a number; empty if there is none. */
    String of(int code) {
        return known.computeIfAbsent(code, number -> {
            String text = source.of(number);
            return text == null ? "" : text;
        });
    }

    /** The language of a process does not change. Made when it is first asked for. */
    private static final class Holder {
        private static final SystemTexts OF_PROCESS = find();

        private static SystemTexts find() {
            boolean onWindows = OperatingSystem.isWindows();
            String language = Locale.getDefault(Locale.Category.DISPLAY).getLanguage();
            boolean english = language.isEmpty() || language.equals(Locale.ENGLISH.getLanguage());
            try {
                if (onWindows) {
                    return new SystemTexts(true, Kernel32.load()::text);
                }
                return new SystemTexts(false, OperatingSystem.isLinux() && !english ? libraryC() : code -> null);
            } catch (LinkageError e) {
                System.getLogger(SystemTexts.class.getName()).log(System.Logger.Level.DEBUG, "errors are known by their English words", e);
                return new SystemTexts(onWindows, code -> null);
            }
        }

        private static Source libraryC() {
            NativeLibrary library = NativeLibrary.getProcess();
            String charset = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
            return code -> library.getFunction("strerror").invokePointer(new Object[] {code}).getString(0, charset);
        }
    }
}
