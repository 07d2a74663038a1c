package org.imagingutility.shell.platform;

import java.nio.file.Path;
import java.util.Map;

/** Where what is worth keeping of this user's sessions lies, by the custom of the operating system. */
public final class StateFolder {
    private StateFolder() {
    }

    public static Path find(Map<String, String> environment, String userHome, String osName, String brand) {
        if (osName.startsWith("Windows")) {
            String local = environment.get("LOCALAPPDATA");
            return (local == null || local.isEmpty() ? Path.of(userHome, "AppData", "Local") : Path.of(local)).resolve(brand);
        }
        String xdg = environment.get("XDG_STATE_HOME");
        // the XDG base directory specification: a relative path is invalid and to be ignored
        return (xdg == null || !xdg.startsWith("/") ? Path.of(userHome, ".local", "state") : Path.of(xdg)).resolve(brand);
    }
}
