package org.imagingutility.command.root;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.imagingutility.command.text.ProgramName;
import picocli.CommandLine.IVersionProvider;

/** The version this bundle was built as. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {ProgramName.ofProcess() + " " + properties.getProperty("version")};
    }
}
