package org.imagingutility.launcher.log;

import java.nio.file.Path;
import java.util.Map;

/** Where the log lies: below the folder that jobs are kept in, by the same rule as there. */
final class LogFolder {
    private static final String PROPERTY = "imaging.data";
    private static final String VARIABLE = "IMAGINGUTILITY_DATA";

    private LogFolder() {
    }

    static Path find(String property, Map<String, String> environment, String userHome, String osName, String brand) {
        return data(property, environment, userHome, osName, brand).resolve("log");
    }

    private static Path data(String property, Map<String, String> environment, String userHome, String osName, String brand) {
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
