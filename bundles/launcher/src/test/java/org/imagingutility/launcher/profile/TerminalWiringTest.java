package org.imagingutility.launcher.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

class TerminalWiringTest {
    private static final String JNA = "com.sun.jna;version=\"[5,6)\";resolution:=optional, "
            + "com.sun.jna.ptr;version=\"[5,6)\";resolution:=optional";

    @TempDir
    private Path folder;

    @Test
    void theTerminalDoesWithoutJnaAndAllElseIsWiredAsEver() throws Exception {
        Framework framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
        framework.init();
        try {
            BundleContext context = framework.getBundleContext();
            context.registerService(ResolverHookFactory.class, TerminalWiring.forSystem("Linux").orElseThrow(), null);
            Bundle jna = install(context, "com.sun.jna", "Export-Package", "com.sun.jna;version=5.19, com.sun.jna.ptr;version=5.19");
            Bundle other = install(context, "other", "Export-Package", "other;version=1");
            Bundle terminal = install(context, "org.jline", "Import-Package", JNA + ", other");
            Bundle device = install(context, "device", "Import-Package", JNA);
            framework.start();
            assertThat(framework.adapt(FrameworkWiring.class).resolveBundles(null)).isTrue();
            assertThat(wiredTo(terminal)).containsOnly(other);
            assertThat(wiredTo(device)).containsOnly(jna);
        } finally {
            framework.stop();
            framework.waitForStop(10_000);
        }
    }

    @Test
    void windowsHasNoOtherWay() {
        assertThat(TerminalWiring.forSystem("Windows 11")).isEmpty();
    }

    private static Iterable<Bundle> wiredTo(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getRequiredWires("osgi.wiring.package").stream()
                .map(wire -> wire.getProvider().getBundle()).distinct().toList();
    }

    private Bundle install(BundleContext context, String name, String header, String value) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue(header, value);
        Path jar = folder.resolve(name + ".jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return context.installBundle(jar.toUri().toString());
    }
}
