package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every jar of this project is the same thing as an OSGi bundle and as a JPMS module. */
class ModulesIT {
    private static final String API = "org.imagingutility.api";
    /** What those plug-ins have in common that work with files. */
    private static final String FILE_IO = "org.imagingutility.file.io";
    /** What the plug-ins for Windows have in common. */
    private static final String WINDOWS_IO = "org.imagingutility.windows.io";
    /** What allocator and reader of one file system have in common. */
    private static final String FILE_SYSTEMS = "org.imagingutility.fs.";
    private static final Set<String> EXPORTING = Set.of(API, FILE_IO, WINDOWS_IO, "org.imagingutility.tck");

    private static final Pattern API_SERVICE = Pattern.compile("<provide interface=\"(org\\.imagingutility\\.api\\.(?!config\\.)[^\"]+)\"");

    static Stream<Path> jars() {
        List<Path> jars = new ArrayList<>(Built.ownBundles());
        jars.add(Built.home().resolve("lib").resolve("launcher.jar"));
        jars.add(Path.of(System.getProperty("imaging.tck")).normalize());
        return jars.stream();
    }

    @ParameterizedTest
    @MethodSource("jars")
    void hasOneNameAndOneVersion(Path jar) throws IOException {
        ModuleDescriptor module = module(jar);
        Attributes manifest = manifest(jar);
        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(module.name());
        assertThat(manifest.getValue("Bundle-Version")).isEqualTo(module.rawVersion().orElse("none"));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void exportsTheSamePackages(Path jar) throws IOException {
        Set<String> fromModule = module(jar).exports().stream().map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> fromManifest = new TreeSet<>(packages(manifest(jar).getValue("Export-Package")));
        assertThat(fromModule).isEqualTo(fromManifest);
        if (!EXPORTING.contains(module(jar).name()) && !module(jar).name().startsWith(FILE_SYSTEMS)) {
            assertThat(fromModule).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void requiresNoPartOfThisProjectButTheApiAndTheLibraries(Path jar) throws IOException {
        String own = module(jar).name();
        assertThat(module(jar).requires()).extracting(ModuleDescriptor.Requires::name)
                .filteredOn(name -> name.startsWith("org.imagingutility.") && !name.startsWith(FILE_SYSTEMS))
                .isSubsetOf(API, FILE_IO, WINDOWS_IO);
        assertThat(packages(manifest(jar).getValue("Import-Package")))
                .filteredOn(name -> name.startsWith("org.imagingutility.") && !name.startsWith(FILE_SYSTEMS))
                .allMatch(name -> Stream.of(own, API, FILE_IO, WINDOWS_IO).anyMatch(part -> name.equals(part) || name.startsWith(part + ".")));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void offersTheSameServices(Path jar) throws IOException {
        Set<String> fromModule = module(jar).provides().stream().map(ModuleDescriptor.Provides::service)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> fromComponents = new TreeSet<>();
        for (String xml : components(jar)) {
            Matcher matcher = API_SERVICE.matcher(xml);
            while (matcher.find()) {
                // a shell is there in a container only
                if (!matcher.group(1).startsWith(API + ".shell.")) {
                    fromComponents.add(matcher.group(1));
                }
            }
        }
        assertThat(fromModule).isEqualTo(fromComponents);
    }

    @ParameterizedTest
    @MethodSource("jars")
    void isDescribedByTheJarTool(Path jar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int result = ToolProvider.findFirst("jar").orElseThrow().run(stream, stream, "--describe-module", "--file", jar.toString());
        assertThat(result).as(out.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith(module(jar).name());
    }

    private static ModuleDescriptor module(Path jar) {
        ModuleDescriptor descriptor = ModuleFinder.of(jar).findAll().iterator().next().descriptor();
        assertThat(descriptor.isAutomatic()).as(jar + " without module-info").isFalse();
        return descriptor;
    }

    private static Attributes manifest(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static List<String> components(Path jar) throws IOException {
        List<String> texts = new ArrayList<>();
        String names = manifest(jar).getValue("Service-Component");
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String name : names == null ? new String[0] : names.split(",")) {
                texts.add(new String(file.getInputStream(file.getEntry(name.strip())).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** Returns the package names of an OSGi header: what stands before attributes and directives. */
    private static List<String> packages(String header) {
        if (header == null) {
            return List.of();
        }
        String unquoted = header.replaceAll("\"[^\"]*\"", "");
        return Stream.of(unquoted.split(",")).map(clause -> clause.split(";")[0].strip()).toList();
    }
}
