package org.imagingutility.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds arguments that Java did not get as the user gave them. On Linux an argument is bytes; what the locale's character set
 * does not have is replaced when Java makes text of it, and the name of another file would be used. The bytes stand in
 * {@code /proc/self/cmdline} (proc(5)), at its end, each argument with a zero byte behind it.
 */
final class NativeArguments {
    private static final Path PROCESS = Path.of("/proc/self");

    private final byte[] commandLine;
    private final Charset charset;

    /** {@code commandLine} is that of the process, {@code charset} what Java reads arguments and names by. */
    NativeArguments(byte[] commandLine, Charset charset) {
        this.commandLine = commandLine.clone();
        this.charset = charset;
    }

    /**
     * Fails if an argument or the name of the working folder is not what the user gave.
     *
     * @throws NotRepresentableException if so
     */
    static void check(String[] arguments) throws IOException, NotRepresentableException {
        Path commandLine = PROCESS.resolve("cmdline");
        if (!"Linux".equals(System.getProperty("os.name")) || !Files.isReadable(commandLine)) {
            // a folder of that name elsewhere means nothing
            requireNoReplacements(arguments);
            return;
        }
        String encoding = System.getProperty("sun.jnu.encoding");
        Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
        new NativeArguments(Files.readAllBytes(commandLine), charset).require(arguments);
        Path folder = Files.readSymbolicLink(PROCESS.resolve("cwd"));
        if (!isText(folder)) {
            throw new NotRepresentableException("the name of the working folder, \"" + folder + "\", " + reason(charset)
                    + ": files would be looked for in another one", charset.equals(StandardCharsets.UTF_8) ? "work in another folder"
                    : "work in another folder, or set the locale to one of UTF-8: LC_ALL=C.UTF-8");
        }
    }

    /**
     * Refuses what Java's own launcher for Windows may have made of characters that the system's code page lacks. No name of a
     * file there has a question mark in it, but for the prefix {@code \\?\}; the start program passes arguments whole.
     */
    static void requireNoReplacements(String[] arguments) throws NotRepresentableException {
        for (int i = 0; i < arguments.length; i++) {
            int mark = arguments[i].lastIndexOf('?');
            if (mark >= 0 && !(arguments[i].startsWith("\\\\?\\") && mark == 2)) {
                throw new NotRepresentableException("argument " + (i + 1) + ", read as \"" + arguments[i]
                        + "\", may have had a character that this system's code page lacks: it would name another file",
                        "use the start program ImagingUtility.exe, which passes all characters");
            }
        }
    }

    private static boolean isText(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    void require(String[] arguments) throws NotRepresentableException {
        List<byte[]> given = given();
        int before = given.size() - arguments.length;
        for (int i = 0; i < arguments.length && before >= 0; i++) {
            byte[] bytes = given.get(before + i);
            if (!isAscii(bytes) && !Arrays.equals(bytes, arguments[i].getBytes(charset))) {
                throw new NotRepresentableException("argument " + (i + 1) + ", read as \"" + arguments[i] + "\", "
                        + reason(charset) + ": it would name another file", remedy(bytes));
            }
        }
    }

    private static String reason(Charset charset) {
        return "has bytes that are no characters in the character set of the locale (" + charset.name() + ")";
    }

    /** A name in UTF-8 needs a locale that has it; there is none for one that is not. */
    private static String remedy(byte[] bytes) {
        return isUtf8(bytes) ? "set the locale to one of UTF-8: LC_ALL=C.UTF-8" : "give the file another name, or a symbolic link to it";
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private List<byte[]> given() {
        List<byte[]> given = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                given.add(Arrays.copyOfRange(commandLine, begin, i));
                begin = i + 1;
            }
        }
        return given;
    }

    /** Something that the user gave cannot be represented. */
    static final class NotRepresentableException extends Exception {
        private static final long serialVersionUID = 1;
        private final String remedy;

        NotRepresentableException(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }

        /** Returns what the user can do. */
        String remedy() {
            return remedy;
        }
    }
}
