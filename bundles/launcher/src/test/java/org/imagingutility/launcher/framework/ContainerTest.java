package org.imagingutility.launcher.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.imagingutility.launcher.cache.BundleCache;
import org.imagingutility.launcher.profile.CannotStartException;
import org.imagingutility.launcher.profile.FrameworkProperties;
import org.imagingutility.launcher.profile.Profile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Runs of a container one after the other, with what the one leaves to the next. */
class ContainerTest {
    private static final String LIBRARY = System.mapLibraryName("part");
    @TempDir
    private Path folder;
    private final List<String> told = new ArrayList<>();
    private byte[] library;
    private byte[] inner;
    private Profile profile;

    /** Is the entry, and asks for a library, an inner jar and the other bundles. */
    public static final class Entry implements BundleActivator, ToIntFunction<String[]> {
        private BundleContext context;

        @Override
        public void start(BundleContext started) {
            context = started;
            Dictionary<String, Object> properties = new Hashtable<>(Map.of("imaging.main", "true"));
            context.registerService(ToIntFunction.class, this, properties);
        }

        @Override
        public void stop(BundleContext stopped) {
            context = null;
        }

        /** Returns the number of bundles, and 100 more if the text of the inner jar is not found. */
        @Override
        public int applyAsInt(String[] arguments) {
            try {
                System.loadLibrary("part");
            } catch (UnsatisfiedLinkError e) {
                // it is none; that it was looked for is enough
            }
            int found = getClass().getResource("/text.txt") == null ? 100 : 0;
            return found + context.getBundles().length;
        }
    }

    @BeforeEach
    void makeBundles() throws IOException {
        Random random = new Random(7);
        library = new byte[200_000];
        random.nextBytes(library);
        Path innerJar = folder.resolve("inner.jar");
        byte[] text = new byte[100_000];
        random.nextBytes(text);
        jar(innerJar, "", Map.of("text.txt", text));
        inner = Files.readAllBytes(innerJar);
        String type = Entry.class.getName();
        String file = type.replace('.', '/') + ".class";
        byte[] code;
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(file)) {
            code = in.readAllBytes();
        }
        Path part = folder.resolve("part.jar");
        jar(part, "Bundle-SymbolicName: part\nBundle-Activator: " + type + "\nBundle-ClassPath: .,lib/inner.jar\n"
                + "Import-Package: org.osgi.framework\nBundle-NativeCode: native/" + LIBRARY + "\n",
                Map.of(file, code, "lib/inner.jar", inner, "native/" + LIBRARY, library));
        Path other = folder.resolve("other.jar");
        jar(other, "Bundle-SymbolicName: other\n", Map.of());
        profile = new Profile("test", List.of(part, other), true, Set.of(), "(imaging.main=true)", FrameworkProperties.common(),
                Optional.empty());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the run that counts as killed has its files open here, and Windows deletes no open file")
    void theFirstRunLeavesItsBundlesToTheNextWhenItWasStoppedInOrder() throws Exception {
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            Container killed = new Container(profile, cache, null, told::add);
            assertThat(killed.run(new String[0])).isEqualTo(3);
            assertThat(cache.filled()).as("what was not forced yet").isFalse();
            run(cache);
            assertThat(cache.filled()).isTrue();
            assertThat(run(cache)).as("a run that finds all").isFalse();
            killed.stop();
        }
    }

    @Test
    void filesThatAKilledRunLeftCutAreMadeAgain() throws Exception {
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            run(cache);
            Path extracted = extracted(cache, LIBRARY);
            Path extractedJar = extracted(cache, "inner.jar");
            for (int length : new int[] {0, 1, 4096, library.length - 1}) {
                cut(extracted, length);
                assertThat(run(cache)).as("the bundles are kept").isFalse();
                assertThat(extracted).hasBinaryContent(library);
                cut(extractedJar, Math.min(length, inner.length - 1));
                assertThat(run(cache)).isFalse();
                assertThat(extractedJar).hasBinaryContent(inner);
            }
        }
    }

    @Test
    void filesOfTheRightLengthWithOtherContentAreMadeAgain() throws Exception {
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            run(cache);
            Path extracted = extracted(cache, LIBRARY);
            Files.write(extracted, new byte[library.length]);
            run(cache);
            assertThat(extracted).hasBinaryContent(library);
        }
    }

    @Test
    void aLostOrCutFileOfABundleMakesThisRunInstallAllBundlesAgain() throws Exception {
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            run(cache);
            try (Stream<Path> files = Files.walk(cache.folder())) {
                for (Path file : files.filter(Files::isRegularFile).filter(this::isOfOther).toList()) {
                    cut(file, 0);
                    assertThat(run(cache)).as("installed again for " + file).isTrue();
                    Files.delete(file);
                    assertThat(run(cache)).as("installed again without " + file).isTrue();
                    assertThat(run(cache)).isFalse();
                }
            }
        }
        assertThat(told).isEmpty();
    }

    @Test
    void theNextRunIsToldThePackagesOfJavaAndFindsThemOutAgainWhereThatIsDamaged() throws Exception {
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            run(cache);
            String packages = cache.systemPackages();
            assertThat(packages).contains("org.osgi.framework;", "java.util.concurrent;", "javax.xml.parsers;");
            cut(cache.folder().resolve("system.packages"), 100);
            assertThat(run(cache)).as("installed again").isTrue();
            assertThat(run(cache)).isFalse();
            assertThat(cache.systemPackages()).isEqualTo(packages);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aBundleThatCannotBeHadIsToldInEachRun() throws Exception {
        Profile missing = new Profile("test", List.of(profile.bundles().get(0), folder.resolve("none.jar")), true, Set.of(),
                "(imaging.main=true)", FrameworkProperties.common(), Optional.empty());
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            for (int runs = 1; runs <= 2; runs++) {
                Container container = new Container(missing, cache, null, told::add);
                assertThat(container.run(new String[0])).isEqualTo(2);
                container.stop();
                assertThat(told).hasSize(runs).allMatch(line -> line.contains("none.jar"));
            }
        }
    }

    @Test
    void withoutAnEntryItIsSaidWhatIsThere() throws Exception {
        Profile none = new Profile("test", List.of(profile.bundles().get(1)), true, Set.of(), "(imaging.main=true)",
                FrameworkProperties.common(), Optional.empty());
        try (BundleCache cache = BundleCache.claim(folder.resolve("caches"), "a")) {
            Container container = new Container(none, cache, null, told::add);
            assertThatThrownBy(() -> container.run(new String[0])).isInstanceOf(CannotStartException.class);
            container.stop();
            assertThat(cache.filled()).isFalse();
        }
    }

    /** Runs and stops a container in which all must be found, and says whether it installed the bundles. */
    private boolean run(BundleCache cache) throws Exception {
        Container container = new Container(profile, cache, null, told::add);
        assertThat(container.run(new String[0])).as("both bundles and that of the system").isEqualTo(3);
        boolean installed = container.hasToBeKept();
        container.stop();
        return installed;
    }

    private boolean isOfOther(Path file) {
        return file.toString().contains("bundle2");
    }

    private static Path extracted(BundleCache cache, String name) throws IOException {
        try (Stream<Path> files = Files.walk(cache.folder())) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private static void cut(Path file, int length) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, Math.min(whole.length, length)), StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void jar(Path jar, String headers, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(
                ("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n" + headers).getBytes(StandardCharsets.UTF_8)));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }
}
