package org.imagingutility.launcher;

import java.nio.file.Path;
import java.util.Map;

/** Where the caches of this user lie, by the custom of the operating system. */
final class CacheRoot {
    private static final String NAME = "imagingutility";

    private CacheRoot() {
    }

    static Path find(Map<String, String> environment, String userHome, String osName) {
        if (osName.startsWith("Windows")) {
            String local = environment.get("LOCALAPPDATA");
            return (local == null || local.isEmpty() ? Path.of(userHome, "AppData", "Local") : Path.of(local))
                    .resolve(NAME).resolve("cache");
        }
        String xdg = environment.get("XDG_CACHE_HOME");
        // the XDG base directory specification: a relative path is invalid and to be ignored
        return (xdg == null || !xdg.startsWith("/") ? Path.of(userHome, ".cache") : Path.of(xdg)).resolve(NAME);
    }
}
