package org.imagingutility.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Makes a Java runtime by jlink, with the modules that the jars of a distribution ask for and no others, and those that
 * are found at run time only.
 */
@Mojo(name = "runtime", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class RuntimeMojo extends AbstractMojo {
    /**
     * Needed, but asked for by no jar: java.xml for Declarative Services, jdk.crypto.ec for signatures by elliptic curves,
     * jdk.unsupported for the framework, the logging and the managing of Java itself.
     */
    static final List<String> AT_RUN_TIME = List.of("java.base", "java.logging", "java.management", "java.xml", "jdk.crypto.ec",
            "jdk.management", "jdk.unsupported");

    /** Variables of the environment that would change what jlink does. */
    private static final List<String> OPTIONS_OF_USERS = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JLINK_VM_OPTIONS");

    /** The folder of the distribution. */
    @Parameter(required = true)
    private File home;

    /** The folder {@code jmods} of a JDK for the system that the runtime is for, of the version that builds. */
    @Parameter
    private File jmods;

    /** Where to make the runtime. */
    @Parameter(required = true)
    private File runtime;

    /** More modules, for plug-ins that users will add. */
    @Parameter
    private List<String> modules = new ArrayList<>();

    @Override
    public void execute() throws MojoExecutionException {
        try {
            Path source = jmods == null ? Path.of(System.getProperty("java.home"), "jmods") : jmods.toPath();
            if (!Files.isRegularFile(source.resolve("java.base.jmod"))) {
                throw new IOException("\"" + source + "\" is not the folder jmods of a JDK: it has no java.base.jmod");
            }
            Set<String> needed = new TreeSet<>(AT_RUN_TIME);
            needed.addAll(modules);
            needed.addAll(found());
            // what only other systems' jars name
            needed.removeIf(module -> !Files.isRegularFile(source.resolve(module + ".jmod")));
            run("jlink", "--module-path", source.toString(), "--add-modules", String.join(",", needed), "--output", runtime.toString(),
                    // nothing that depends on the machine that builds; uncompressed, because archives are
                    "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages");
            getLog().info("runtime of " + String.join(", ", needed));
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    /** Returns the modules of the JDK that the jars of the distribution ask for. */
    private Set<String> found() throws IOException {
        Set<String> found = new TreeSet<>();
        List<Path> jars;
        try (Stream<Path> files = Files.walk(home.toPath())) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            found.addAll(NeededModules.of(jar));
        }
        return found;
    }

    /**
     * Runs a tool of the JDK that builds, in a process of its own: jlink makes classes out of what its process did before, so
     * within Maven the runtime would be another one each time.
     */
    private static void run(String tool, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        OPTIONS_OF_USERS.forEach(builder.environment()::remove);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(tool + ": " + output);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
