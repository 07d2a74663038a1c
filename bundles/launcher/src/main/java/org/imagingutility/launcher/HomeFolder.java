package org.imagingutility.launcher;

import java.util.Map;

/**
 * The user's home folder, where the system does not tell Java: for a user ID without an entry in the user database, as in
 * containers, {@code user.home} is {@code ?}, below which folders would be made in whatever folder the user is in.
 */
final class HomeFolder {
    private static final String PROPERTY = "user.home";
    /** The home that Debian gives to users without one. */
    private static final String NONE = "/nonexistent";

    private HomeFolder() {
    }

    /** Sets the property of Java to what is right. */
    static void settle() {
        System.setProperty(PROPERTY, find(System.getProperty(PROPERTY), System.getenv(), System.getProperty("os.name")));
    }

    static String find(String told, Map<String, String> environment, String osName) {
        if (osName.startsWith("Windows") || told != null && told.startsWith("/")) {
            return told;
        }
        String home = environment.get("HOME");
        return home != null && home.startsWith("/") ? home : NONE;
    }
}
