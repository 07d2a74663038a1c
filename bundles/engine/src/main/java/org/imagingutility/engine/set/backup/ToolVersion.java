package org.imagingutility.engine.set.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version this bundle was built as. */
final class ToolVersion {
    private ToolVersion() {
    }

    /** Returns name and version of this program. */
    static String text() {
        Properties properties = new Properties();
        try (InputStream in = ToolVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's own version cannot be read", e);
        }
        return "ImagingUtility " + properties.getProperty("version");
    }
}
