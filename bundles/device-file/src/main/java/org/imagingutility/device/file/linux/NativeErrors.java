package org.imagingutility.device.file.linux;

/** What to say when native code cannot be loaded. */
public final class NativeErrors {
    /** What a user or who makes a distribution does about it. */
    static final String REMEDY = "install the bundle com.sun.jna (jna-jpms), by which Linux is asked; if it is there, name a folder that "
            + "programs may be run from by the system property jna.tmpdir";

    private NativeErrors() {
    }

    /** Returns that native code cannot be loaded, and the first line of why. */
    public static String text(LinkageError error) {
        String text = error.getMessage() == null ? "" : error.getMessage();
        return "native code cannot be loaded: " + error.getClass().getSimpleName() + text.lines().filter(line -> !line.isBlank())
                .findFirst().map(line -> ": " + line.strip()).orElse("");
    }
}
