package org.imagingutility.command.text;

/** The name that the program goes by in messages; the launcher hands it on from {@code conf/branding.properties}. */
public final class ProgramName {
    /** What the program is called unless a distribution says otherwise. */
    public static final String ORIGINAL = "imaging";

    private ProgramName() {
    }

    /** Returns what users type. */
    public static String ofProcess() {
        return System.getProperty("imaging.branding.command", ORIGINAL);
    }
}
