package org.imagingutility.launcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The gate in the framework itself. */
class GateTest {
    @TempDir
    private static Path folder;
    private static Keys keys;
    private static Path part;
    private final List<String> told = new ArrayList<>();
    private Framework framework;
    private BundleContext context;

    @BeforeAll
    static void make() throws Exception {
        keys = new Keys(folder);
        part = Jars.bundle(folder, "com.example.part", "1.0.0", "Export-Package: com.example.part\n", "com/example/part/text.txt", "one");
    }

    @BeforeEach
    void start() throws Exception {
        start(Files.createTempDirectory(folder, "cache"), "none-yet");
    }

    private void start(Path cache, String memory) throws Exception {
        Gate gate = new Gate(keys.policy("trusted"), cache, folder.resolve(memory), Clock.systemUTC());
        gate.tell(told::add);
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, cache.toString(), "felix.service.urlhandlers", "false", "felix.log.level", "0"));
        framework.init();
        gate.close(framework.getBundleContext());
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void startsABundleThatATrustedCertificateSigned() throws Exception {
        Bundle bundle = install(keys.sign(part, "trusted"));
        bundle.start();
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(refused()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void doesNotStartOthersAndSaysWhy() throws Exception {
        Bundle unsigned = install(part);
        assertThatExceptionOfType(BundleException.class).isThrownBy(unsigned::start);
        assertThat(unsigned.getState()).isEqualTo(Bundle.INSTALLED);
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> unsigned.loadClass("com.example.part.Any"));
        assertThat(refused()).hasSize(1);
        assertThat(refused().get(0)).containsEntry("bundle", "com.example.part").containsEntry("version", "1.0.0")
                .containsEntry("location", unsigned.getLocation()).containsEntry("id", Long.toString(unsigned.getBundleId()));
        assertThat(refused().get(0).get("reason")).startsWith("not signed by a trusted certificate");
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("com.example.part").contains("is refused: not signed by a trusted certificate");
        unsigned.uninstall();
        assertThat(refused()).isEmpty();
    }

    @Test
    void tellsOfARefusedBundleThatNobodyTriedToStart() throws Exception {
        install(keys.sign(part, "untrusted"));
        assertThat(refused()).hasSize(1);
        assertThat(refused().get(0).get("reason")).contains("CN=untrusted");
    }

    @Test
    void givesOthersNothingOfARefusedBundle() throws Exception {
        install(part);
        Bundle user = install(keys.sign(Jars.bundle(folder, "com.example.user", "1.0.0", "Import-Package: com.example.part,org.osgi.framework\n"
                + "Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=1.8))\"\n", "a.txt", "a"), "trusted"));
        assertThatExceptionOfType(BundleException.class).isThrownBy(user::start);
        Bundle signed = install(keys.sign(Jars.bundle(folder, "com.example.part", "1.1.0", "Export-Package: com.example.part\n",
                "com/example/part/text.txt", "signed"), "trusted"));
        user.start();
        assertThat(user.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(new String(user.getResource("com/example/part/text.txt").openStream().readAllBytes(), "US-ASCII")).isEqualTo("signed");
        assertThat(signed.getState()).isEqualTo(Bundle.RESOLVED);
    }

    @Test
    void attachesNoRefusedFragment() throws Exception {
        Path fragment = Jars.bundle(folder, "com.example.fragment", "1.0.0", "Fragment-Host: com.example.part\n", "added.txt", "added");
        Bundle refused = install(fragment);
        Bundle host = install(keys.sign(part, "trusted"));
        host.start();
        assertThat(host.getResource("added.txt")).isNull();
        assertThat(refused.getState()).isEqualTo(Bundle.INSTALLED);
        install(keys.sign(Jars.bundle(folder, "com.example.fragment2", "1.0.0", "Fragment-Host: com.example.part\n", "added2.txt", "added"), "trusted"));
        refresh(host);
        assertThat(host.getResource("added2.txt")).isNotNull();
        assertThat(host.getResource("added.txt")).isNull();
    }

    @Test
    void stopsABundleThatIsUpdatedToARefusedOneUntilAnAcceptedOneComes() throws Exception {
        Bundle bundle = install(keys.sign(part, "trusted"));
        bundle.start();
        Path newer = Jars.bundle(folder, "com.example.part", "2.0.0", "Export-Package: com.example.part\n", "com/example/part/text.txt", "two");
        assertThatExceptionOfType(BundleException.class).isThrownBy(() -> update(bundle, newer));
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
        refresh(bundle);
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(refused()).extracting(entry -> entry.get("version")).containsExactly("2.0.0");
        assertThat(told).hasSize(1);
        update(bundle, keys.sign(newer, "trusted"));
        bundle.start();
        assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(bundle.getVersion().toString()).isEqualTo("2.0.0");
        assertThat(refused()).isEmpty();
    }

    @Test
    void refusesWhatIsInstalledByReferenceBecauseItCouldChange() throws Exception {
        Path signed = keys.sign(part, "trusted");
        Bundle bundle = context.installBundle("reference:" + signed.toUri());
        assertThatExceptionOfType(BundleException.class).isThrownBy(bundle::start);
        assertThat(refused().get(0).get("reason")).startsWith("installed by reference");
        // an update can come by reference as well
        Path moved = keys.sign(Jars.bundle(folder, "com.example.other", "2.0.0", "", "a.txt", "b"), "trusted");
        Bundle other = install(keys.sign(Jars.bundle(folder, "com.example.other", "1.0.0", "Bundle-UpdateLocation: reference:" + moved.toUri()
                + "\n", "a.txt", "a"), "trusted"));
        other.update();
        assertThat(other.getVersion().toString()).isEqualTo("2.0.0");
        assertThatExceptionOfType(BundleException.class).isThrownBy(other::start);
    }

    @Test
    void refusesAFolder() throws Exception {
        Path exploded = Files.createTempDirectory(folder, "exploded");
        Files.createDirectories(exploded.resolve("META-INF"));
        Files.write(exploded.resolve("META-INF/MANIFEST.MF"), Jars.read(part).get("META-INF/MANIFEST.MF"));
        Bundle bundle = context.installBundle("reference:" + exploded.toUri());
        assertThatExceptionOfType(BundleException.class).isThrownBy(bundle::start);
        assertThat(refused().get(0).get("reason")).contains("no jar");
    }

    @Test
    void installsNoExtensionOfTheFrameworkSignedOrNot() throws Exception {
        Path extension = Jars.bundle(folder, "com.example.extension", "1.0.0", "Fragment-Host: system.bundle; extension:=framework\n"
                + "ExtensionBundle-Activator: com.example.Extension\n", "com/example/marker.txt", "marker");
        assertThatExceptionOfType(BundleException.class).isThrownBy(() -> install(extension));
        assertThatExceptionOfType(BundleException.class).isThrownBy(() -> install(keys.sign(extension, "trusted")));
        // nor does a running bundle become one
        Bundle bundle = install(keys.sign(part, "trusted"));
        bundle.start();
        assertThatExceptionOfType(BundleException.class).isThrownBy(() -> update(bundle, extension));
        assertThat(getClass().getClassLoader().getResource("com/example/marker.txt")).isNull();
    }

    @Test
    void isAppliedToWhatAnEarlierRunLeftInstalled() throws Exception {
        stop();
        Path cache = Files.createTempDirectory(folder, "kept");
        framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE, cache.toString(), "felix.service.urlhandlers", "false", "felix.log.level", "0"));
        framework.start();
        framework.getBundleContext().installBundle(part.toUri().toString()).start();
        stop();
        start(cache, "none-yet");
        assertThat(context.getBundles()).hasSize(2);
        assertThat(context.getBundles()[1].getState()).isEqualTo(Bundle.INSTALLED);
        assertThat(refused()).hasSize(1);
    }

    @Test
    void remembersAcceptedContentOnlyForTheSameCertificates() throws Exception {
        Path memory = folder.resolve("memory");
        Path signed = keys.sign(part, "trusted");
        assertThat(new KnownJars(keys.policy("trusted"), memory, Clock.systemUTC()).check(signed).accepted()).isTrue();
        assertThat(new KnownJars(keys.policy("trusted"), memory, Clock.systemUTC()).check(signed).accepted()).isTrue();
        assertThat(Files.readAllLines(memory)).hasSize(1);
        assertThat(new KnownJars(keys.policy("untrusted"), memory, Clock.systemUTC()).check(signed).accepted()).isFalse();
        Path changed = Jars.add(signed, "evil.so", "evil");
        assertThat(new KnownJars(keys.policy("trusted"), memory, Clock.systemUTC()).check(changed).accepted()).isFalse();
        Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofDays(36500));
        assertThat(new KnownJars(keys.policy("trusted"), memory, later).check(signed).accepted()).isFalse();
        assertThat(Files.readAllLines(memory)).hasSize(1);
    }

    @Test
    void letsAcceptedBundlesUseTheFrameworkAndEachOtherBesideRefusedOnes() throws Exception {
        install(part);
        install(Jars.bundle(folder, "com.example.fragment", "1.0.0", "Fragment-Host: com.example.lib\n", "added.txt", "added"));
        Bundle library = install(keys.sign(Jars.bundle(folder, "com.example.lib", "1.0.0", "Export-Package: com.example.lib\n"
                + "Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=1.8))\"\n", "com/example/lib/a.txt", "a"), "trusted"));
        library.start();
        Bundle user = install(keys.sign(Jars.bundle(folder, "com.example.libuser", "1.0.0", "Import-Package: com.example.lib,org.osgi.framework,"
                + "com.example.part;resolution:=optional\nDynamicImport-Package: *\n", "b.txt", "b"), "trusted"));
        user.start();
        assertThat(user.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(user.getResource("com/example/part/text.txt")).isNull();
        assertThat(library.getResource("added.txt")).isNull();
    }

    private Bundle install(Path jar) throws BundleException {
        return context.installBundle(jar.toUri().toString());
    }

    private static void update(Bundle bundle, Path jar) throws Exception {
        try (InputStream in = Files.newInputStream(jar)) {
            bundle.update(in);
        }
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> done.countDown());
        assertThat(done.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(bundle.adapt(BundleRevision.class)).isNotNull();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private List<Map<String, String>> refused() throws Exception {
        ServiceReference<Supplier> reference = context.getServiceReferences(Supplier.class, "(" + Gate.PROPERTY + "=true)").iterator().next();
        return (List<Map<String, String>>) context.getService(reference).get();
    }
}
