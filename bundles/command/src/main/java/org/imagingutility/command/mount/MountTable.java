package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is mounted where, as the kernel tells (proc(5), "/proc/pid/mountinfo"). */
final class MountTable {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private final Path proc;
    private final Path sys;

    /** Creates it for {@code /proc} and {@code /sys}, or what stands for them. */
    MountTable(Path proc, Path sys) {
        this.proc = proc;
        this.sys = sys;
    }

    /** Returns the device of what is mounted at a folder, the last mount if there are several; empty if nothing is. */
    Optional<String> sourceAt(String folder) throws IOException {
        Optional<String> source = Optional.empty();
        for (String line : Files.readString(proc.resolve("self/mountinfo"), StandardCharsets.ISO_8859_1).lines().toList()) {
            String[] fields = line.split(" ");
            int end = line.indexOf(" - ");
            String[] rest = end < 0 ? new String[0] : line.substring(end + 3).split(" ");
            if (fields.length > 4 && rest.length > 1 && text(fields[4]).equals(folder)) {
                source = Optional.of(text(rest[1]));
            }
        }
        return source;
    }

    /** Returns the file behind a loop device; empty if it is none, or has none. */
    Optional<String> behindLoop(String device) throws IOException {
        Path file = sys.resolve("block").resolve(Path.of(device).getFileName()).resolve("loop/backing_file");
        return device.startsWith("/dev/loop") && Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** Blanks and the like stand as three octal digits; a name is bytes, most often UTF-8. */
    private static String text(String field) {
        String bytes = OCTAL.matcher(field).replaceAll(MountTable::unescaped);
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String unescaped(MatchResult match) {
        return java.util.regex.Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8)));
    }
}
