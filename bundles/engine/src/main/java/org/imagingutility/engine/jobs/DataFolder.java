package org.imagingutility.engine.jobs;

import java.nio.file.Path;
import java.util.Map;

/** Where what is kept between runs lies: asked for by name, else by the custom of the operating system. */
public final class DataFolder {
    /** The system property that names it. */
    static final String PROPERTY = "imaging.data";
    /** The environment variable that names it, where the property does not. */
    static final String VARIABLE = "IMAGINGUTILITY_DATA";
    private static final String NAME = "imagingutility";

    private DataFolder() {
    }

    /** Returns the folder for this process; it need not exist. */
    public static Path ofThisProcess() {
        return find(System.getProperty(PROPERTY), System.getenv(), System.getProperty("user.home"),
                System.getProperty("os.name"));
    }

    static Path find(String property, Map<String, String> environment, String userHome, String osName) {
        if (isGiven(property)) {
            return Path.of(property).toAbsolutePath();
        }
        if (isGiven(environment.get(VARIABLE))) {
            return Path.of(environment.get(VARIABLE)).toAbsolutePath();
        }
        if (osName.startsWith("Windows")) {
            String local = environment.get("LOCALAPPDATA");
            return (isGiven(local) ? Path.of(local) : Path.of(userHome, "AppData", "Local")).resolve(NAME);
        }
        String xdg = environment.get("XDG_STATE_HOME");
        // the XDG base directory specification: a relative path is invalid and to be ignored
        return (xdg == null || !xdg.startsWith("/") ? Path.of(userHome, ".local", "state") : Path.of(xdg)).resolve(NAME);
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }
}
