package org.imagingutility.api.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;

/**
 * A path in a tree: names with slashes between them, from the root on. Symbolic links in it are followed as the system of the volume would, but
 * never out of the volume. Names are also found in the form in which they are shown ({@link #shown}).
 *
 * @param text the path, without a slash at its begin; empty for the root
 * @param node what is there
 */
public record TreePath(String text, FileNode node) {
    /** As many links as Linux follows in one path. */
    private static final int MOST_LINKS = 40;
    private static final int STRAY_BYTES = 0xDC80;
    private static final int LAST_STRAY_BYTE = 0xDCFF;

    /** Returns the root. */
    public static TreePath root(FileTree tree) {
        return new TreePath("", tree.root());
    }

    /**
     * Finds a path.
     *
     * @param follow whether the last name is followed as well if it is a link
     * @throws UsageException if there is no such path
     */
    public static TreePath find(FileTree tree, String path, boolean follow) throws ImagingException {
        Deque<String> names = new ArrayDeque<>();
        push(names, path);
        List<TreePath> found = new ArrayList<>(List.of(root(tree)));
        int links = 0;
        while (!names.isEmpty()) {
            String name = names.pop();
            TreePath here = found.get(found.size() - 1);
            if (name.equals("..")) {
                if (found.size() > 1) {
                    found.remove(found.size() - 1);
                }
                continue;
            }
            TreePath next = below(tree, here, name, path);
            if (next.node.kind() == FileKind.SYMBOLIC_LINK && (follow || !names.isEmpty())) {
                if (++links > MOST_LINKS) {
                    throw new UsageException("\"" + shown(path) + "\" leads over more than " + MOST_LINKS + " links", null);
                }
                String target = tree.target(next.node).target().text();
                if (target.startsWith("/")) {
                    found.subList(1, found.size()).clear();
                }
                push(names, target);
                continue;
            }
            found.add(next);
        }
        return found.get(found.size() - 1);
    }

    private static void push(Deque<String> names, String path) {
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                names.push(parts[i]);
            }
        }
    }

    private static TreePath below(FileTree tree, TreePath here, String name, String whole) throws ImagingException {
        if (here.node.kind() != FileKind.DIRECTORY) {
            throw new UsageException("\"" + shown(whole) + "\" is not there: \"" + shown(here.text) + "\" is no directory", null);
        }
        Optional<DirectoryEntry> entry = tree.find(here.node, name);
        if (entry.isEmpty() && name.indexOf('\\') >= 0) {
            entry = tree.find(here.node, typed(name));
        }
        DirectoryEntry there = entry.orElseThrow(() -> new UsageException("\"" + shown(whole) + "\" is not there: \"/" + shown(here.text)
                + "\" has nothing named \"" + shown(name) + "\"", null));
        return new TreePath(here.text.isEmpty() ? there.name().text() : here.text + "/" + there.name().text(), there.node());
    }

    /**
     * Returns a name or path fit to be shown: bytes and characters that are none, or that would steer a terminal, as {@code \xHH} or
     * {@code \}{@code uHHHH}.
     */
    public static String shown(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOdd(text, i)) {
                StringBuilder shown = new StringBuilder();
                for (int at = 0; at < text.length(); at++) {
                    show(text, at, shown);
                }
                return shown.toString();
            }
        }
        return text;
    }

    private static void show(String text, int at, StringBuilder shown) {
        char c = text.charAt(at);
        if (!isOdd(text, at)) {
            shown.append(c);
        } else if (c < 0x80) {
            shown.append(String.format("\\x%02X", (int) c));
        } else if (c >= STRAY_BYTES && c <= LAST_STRAY_BYTE) {
            shown.append(String.format("\\x%02X", c & 0xFF));
        } else {
            shown.append(String.format("\\u%04X", (int) c));
        }
    }

    private static boolean isOdd(String text, int at) {
        char c = text.charAt(at);
        if (Character.isSurrogate(c)) {
            boolean pair = Character.isHighSurrogate(c) ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                    : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
            return !pair;
        }
        // of format characters, those that turn the direction of a line
        return Character.isISOControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    /** Returns the name that is shown as {@code text}. */
    static String typed(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int digits = i + 1 < text.length() && text.charAt(i) == '\\' ? text.charAt(i + 1) == 'x' ? 2 : text.charAt(i + 1) == 'u' ? 4 : 0 : 0;
            int end = i + 2 + digits;
            if (digits == 0 || end > text.length() || !text.substring(i + 2, end).matches("[0-9A-Fa-f]+")) {
                name.append(text.charAt(i));
                continue;
            }
            int value = Integer.parseInt(text.substring(i + 2, end), 16);
            name.append((char) (digits == 2 && value >= 0x80 ? STRAY_BYTES - 0x80 + value : value));
            i = end - 1;
        }
        return name.toString();
    }
}
