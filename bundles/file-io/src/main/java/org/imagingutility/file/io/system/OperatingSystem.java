package org.imagingutility.file.io.system;

/** Which operating system this is: what belongs to another one is never looked for, since a folder of that name may mean anything. */
public final class OperatingSystem {
    private static final String NAME = System.getProperty("os.name");

    private OperatingSystem() {
    }

    /** Says whether it is Linux, which has {@code /proc} and {@code /sys}. */
    public static boolean isLinux() {
        return NAME.equals("Linux");
    }

    /** Says whether it is Windows. */
    public static boolean isWindows() {
        return NAME.startsWith("Windows");
    }
}
