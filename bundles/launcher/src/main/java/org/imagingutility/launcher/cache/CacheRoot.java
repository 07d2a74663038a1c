package org.imagingutility.launcher.cache;

import java.nio.file.Path;
import java.util.Map;

/** Where the caches of this user lie, by the custom of the operating system. */
final class CacheRoot {
    private CacheRoot() {
    }

    /**
     * Returns the folder; it need not exist.
     *
     * @param brand name of the folder of this distribution
     */
    static Path find(Map<String, String> environment, String userHome, String osName, String brand) {
        if (osName.startsWith("Windows")) {
            String local = environment.get("LOCALAPPDATA");
            return (local == null || local.isEmpty() ? Path.of(userHome, "AppData", "Local") : Path.of(local))
                    .resolve(brand).resolve("cache");
        }
        String xdg = environment.get("XDG_CACHE_HOME");
        // the XDG base directory specification: a relative path is invalid and to be ignored
        return (xdg == null || !xdg.startsWith("/") ? Path.of(userHome, ".cache") : Path.of(xdg)).resolve(brand);
    }
}
