package org.imagingutility.command.files;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileFlag;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.command.text.Json;

/** What is known of files, as text and as JSON. */
final class FileFacts {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private FileFacts() {
    }

    /** Returns kind and permissions as {@code ls} shows them; where there are no permissions, flags of DOS. */
    static String mode(FileDetails details) {
        StringBuilder mode = new StringBuilder().append(letter(details.kind()));
        if (details.posix().isEmpty()) {
            return mode.append(flag(details, FileFlag.READ_ONLY, 'r')).append(flag(details, FileFlag.HIDDEN, 'h'))
                    .append(flag(details, FileFlag.SYSTEM, 's')).append(flag(details, FileFlag.ARCHIVE, 'a')).toString();
        }
        int bits = details.posix().get().permissions();
        for (int shift = 6; shift >= 0; shift -= 3) {
            mode.append((bits >> shift & 4) != 0 ? 'r' : '-').append((bits >> shift & 2) != 0 ? 'w' : '-');
            boolean execute = (bits >> shift & 1) != 0;
            boolean special = (bits & (shift == 6 ? 04000 : shift == 3 ? 02000 : 01000)) != 0;
            char set = shift == 0 ? 't' : 's';
            mode.append(special ? execute ? set : Character.toUpperCase(set) : execute ? 'x' : '-');
        }
        return mode.toString();
    }

    private static char flag(FileDetails details, FileFlag flag, char letter) {
        return details.flags().contains(flag) ? letter : '-';
    }

    private static char letter(FileKind kind) {
        return switch (kind) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMBOLIC_LINK -> 'l';
            case JUNCTION -> 'j';
            case BLOCK_DEVICE -> 'b';
            case CHARACTER_DEVICE -> 'c';
            case PIPE -> 'p';
            case SOCKET -> 's';
            case OTHER -> '?';
        };
    }

    /** Returns a kind in words. */
    static String word(FileKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns a time to the second, in the zone of this machine; local times as they are. */
    static String time(Optional<FileTimestamp> time) {
        return time.map(one -> SECONDS.format(one.instant().atZone(one.local() ? ZoneOffset.UTC : ZoneId.systemDefault()))).orElse("-");
    }

    /** Returns a time as precisely as it is known: in UTC, local times without a zone. */
    static String exactly(FileTimestamp time) {
        Instant instant = time.instant();
        return time.local() ? instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString() : instant.toString();
    }

    /** Writes a path or name; its bytes beside it if it cannot be written as it is. */
    static void name(Json.Node node, String path, FileName name) {
        String shown = TreePath.shown(path);
        node.put("path", "/" + shown);
        if (!shown.equals(path) && name != null) {
            node.put("nameBytes", HexFormat.of().formatHex(name.bytes()));
        }
    }

    /** Writes what is known of a file. */
    static void write(Json.Node node, FileDetails details) {
        node.put("kind", word(details.kind())).put("size", details.size());
        details.allocated().ifPresent(bytes -> node.put("allocated", bytes));
        node.put("links", details.links());
        time(node, "modified", details.times().modified());
        time(node, "accessed", details.times().accessed());
        time(node, "changed", details.times().changed());
        time(node, "created", details.times().created());
        details.posix().ifPresent(posix -> node.put("mode", String.format("%04o", posix.permissions())).put("owner", posix.owner())
                .put("group", posix.group()));
        node.texts("flags", details.flags().stream().map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-')).sorted().toList());
        details.device().ifPresent(device -> node.put("major", device.major()).put("minor", device.minor()));
        details.refusal().ifPresent(reason -> node.put("refused", reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private static void time(Json.Node node, String name, Optional<FileTimestamp> time) {
        time.ifPresent(one -> node.put(name, exactly(one)));
    }
}
