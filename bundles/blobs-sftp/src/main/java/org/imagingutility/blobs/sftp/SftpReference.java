package org.imagingutility.blobs.sftp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place by SFTP as users write it: {@code sftp://[USER@]HOST[:PORT]/PATH}; {@code /~/PATH} is below the folder that the server begins in.
 *
 * @param text the reference itself
 * @param user empty for the user of this process
 * @param host a name or an address, without brackets
 * @param path the folder: absolute, or relative to where the server begins; never empty
 */
record SftpReference(String text, String user, String host, int port, String path) {
    private static final int USUAL_PORT = 22;
    private static final String SCHEME = "sftp://";
    private static final String HOME = "/~";
    private static final Pattern FORM = Pattern.compile(
            "sftp://(?:([A-Za-z0-9_][A-Za-z0-9_.\\\\@+-]{0,63})@)?(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9][A-Za-z0-9._-]{0,252})(?::(\\d{1,5}))?(/[^\\p{Cntrl}]*)?");

    /** Says whether a text means a place by SFTP, however badly. */
    static boolean isMeant(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Returns the place that {@code text} means.
     *
     * @throws IllegalArgumentException if it means none
     */
    static SftpReference of(String text) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() && matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : USUAL_PORT;
        if (!matcher.matches() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("is no place by SFTP");
        }
        String path = matcher.group(4) == null ? HOME : matcher.group(4);
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.equals(HOME)) {
            path = ".";
        } else if (path.startsWith(HOME + "/")) {
            path = path.substring(HOME.length() + 1);
        }
        String host = matcher.group(2).startsWith("[") ? matcher.group(2).substring(1, matcher.group(2).length() - 1) : matcher.group(2);
        return new SftpReference(text, matcher.group(1) == null ? "" : matcher.group(1), host, port, path);
    }

    /** Returns host and port as OpenSSH writes them into its files. */
    String address() {
        return port == USUAL_PORT ? host : "[" + host + "]:" + port;
    }

    /** Returns the path of an object or folder below this one. */
    String path(String key) {
        return path.endsWith("/") ? path + key : path + "/" + key;
    }
}
