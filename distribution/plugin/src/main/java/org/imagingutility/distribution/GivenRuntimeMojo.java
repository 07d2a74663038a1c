package org.imagingutility.distribution;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Makes sure that a folder which is to go into an archive whole is a Java runtime for Windows that the distribution runs on: an
 * archive of a folder that is not there would be made all the same, without a Java.
 */
@Mojo(name = "given-runtime", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class GivenRuntimeMojo extends AbstractMojo {
    private static final int OLDEST = 17;

    /** The folder of the runtime; it has {@code bin}. */
    @Parameter(required = true)
    private File runtime;

    @Override
    public void execute() throws MojoExecutionException {
        try {
            require(runtime.toPath());
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    static void require(Path runtime) throws IOException {
        if (!Files.isRegularFile(runtime.resolve("bin").resolve("java.exe"))) {
            throw new IOException("windows.runtime: \"" + runtime + "\" is no Java for Windows: it has no bin/java.exe");
        }
        // the file "release" of a Java runtime has the form of a properties file, with quotes around values
        Properties release = new Properties();
        try (Reader lines = Files.newBufferedReader(runtime.resolve("release"))) {
            release.load(lines);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        if (!version.matches("\\d{1,4}(\\..*)?") || Integer.parseInt(version.split("\\.")[0]) < OLDEST) {
            throw new IOException("windows.runtime: \"" + runtime + "\" is Java " + version + ", " + OLDEST + " or later is needed");
        }
        Set<String> missing = new TreeSet<>(RuntimeMojo.AT_RUN_TIME);
        missing.removeAll(List.of(release.getProperty("MODULES", "").replace("\"", "").split("\\s+")));
        if (!missing.isEmpty()) {
            throw new IOException("windows.runtime: \"" + runtime + "\" lacks the modules " + String.join(", ", missing));
        }
    }
}
