package org.imagingutility.engine.jobs;

import java.nio.file.Path;
import java.util.Map;

/** Where what is kept between runs lies: asked for by name, else by the custom of the operating system. */
public final class DataFolder {
    /** The system property that names it. */
    static final String PROPERTY = "imaging.data";
    /** The environment variable that names it, where the property does not. */
    static final String VARIABLE = "IMAGINGUTILITY_DATA";
    /** The system property by which the launcher names the folder of a distribution with a name of its own. */
    private static final String BRAND = "imaging.branding.folder";
    private static final String NAME = "imagingutility";

    private DataFolder() {
    }

    /** Returns the folder for this process; it need not exist. */
    public static Path ofThisProcess() {
        return find(System.getProperty(PROPERTY), System.getenv(), System.getProperty("user.home"),
                System.getProperty("os.name"), System.getProperty(BRAND, NAME));
    }

    static Path find(String property, Map<String, String> environment, String userHome, String osName, String brand) {
        if (isGiven(property)) {
            return Path.of(property).toAbsolutePath();
        }
        if (isGiven(environment.get(VARIABLE))) {
            return Path.of(environment.get(VARIABLE)).toAbsolutePath();
        }
        if (osName.startsWith("Windows")) {
            String local = environment.get("LOCALAPPDATA");
            return (isGiven(local) ? Path.of(local) : Path.of(userHome, "AppData", "Local")).resolve(brand);
        }
        String xdg = environment.get("XDG_STATE_HOME");
        // the XDG base directory specification: a relative path is invalid and to be ignored
        return (xdg == null || !xdg.startsWith("/") ? Path.of(userHome, ".local", "state") : Path.of(xdg)).resolve(brand);
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }
}
