package org.imagingutility.distribution;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Lays out the folder of a distribution: the bundles that the {@code .bndrun} file was resolved to, taken from the
 * project's dependencies, around them scripts, settings, licences and a bill of materials.
 */
@Mojo(name = "compose", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class ComposeMojo extends AbstractMojo {
    private static final List<String> CLASS_PATH = List.of("launcher", "org.apache.felix.framework");

    /** What every run starts. */
    @Parameter(required = true)
    private File bndrun;

    /** What a shell starts as well; bundles that every run starts are left out. None: a distribution without a shell. */
    @Parameter
    private File shell;

    /** What a run on Windows starts as well, laid out in {@code bundles/windows}. None: a distribution without volumes and drives of Windows. */
    @Parameter
    private File windows;

    /**
     * Artifact ids of jars that the bundles need on a module path and not in the container; laid out in {@code lib/modules}, for
     * those who run the jars without OSGi.
     */
    @Parameter
    private List<String> modulePath = new ArrayList<>();

    /** Files to put over those that every distribution has: {@code conf/branding.properties} and others. */
    @Parameter
    private File overlay;

    /** The folder of the distribution. */
    @Parameter(required = true)
    private File home;

    /** Whether to sign the bundles, for a distribution that accepts none but signed ones. */
    @Parameter
    private boolean signed;

    /** PKCS #12 file with the key to sign with. Without it a throw-away key is made, for a try. */
    @Parameter(property = "signing.keystore")
    private File keystore;

    /** Its password. */
    @Parameter(property = "signing.storepass")
    private String storepass;

    /** Name of the key, if the file has several. */
    @Parameter(property = "signing.alias")
    private String alias;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File target;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Override
    public void execute() throws MojoExecutionException {
        try {
            compose(home.toPath().normalize());
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    private void compose(Path folder) throws IOException {
        List<Shipped> artifacts = artifacts();
        Map<Path, Shipped> jars = new LinkedHashMap<>();
        for (String name : CLASS_PATH) {
            jars.put(folder.resolve("lib").resolve(name + ".jar"), named(artifacts, name));
        }
        RunBundles run = new RunBundles(bndrun);
        List<Shipped> always = run.among(artifacts);
        always.forEach(jar -> jars.put(folder.resolve("bundles").resolve(jar.fileName()), jar));
        addMore(shell, "shell", folder, artifacts, jars);
        addMore(windows, "windows", folder, artifacts, jars);
        for (String name : modulePath) {
            Shipped jar = named(artifacts, name);
            jars.put(folder.resolve("lib").resolve("modules").resolve(jar.fileName()), jar);
        }
        Skeleton.copyOwn(folder);
        if (overlay != null) {
            Skeleton.copy(overlay.toPath(), folder);
        }
        Branding branding = Branding.read(folder);
        Skeleton.rename(folder, branding.command());
        copy(jars);
        List<String> onlyFor = run.onlyFor(artifacts);
        if (!onlyFor.isEmpty()) {
            Files.writeString(folder.resolve("lib/only-for.properties"), String.join("\n", onlyFor) + "\n");
        }
        if (signed) {
            sign(folder, jars, branding);
        }
        Notice notice = Notice.read(folder.resolve("NOTICE"));
        Files.writeString(folder.resolve("NOTICE"), notice.of(jars.values(), folder, signed));
        BillOfMaterials bill = new BillOfMaterials(folder, notice, branding, project.getVersion());
        for (Map.Entry<Path, Shipped> jar : jars.entrySet()) {
            bill.add(jar.getValue(), jar.getKey());
        }
        bill.write(folder.resolve("sbom.cdx.json"));
        new SettingsCheck(folder, target.toPath()).run();
    }

    /** Adds what is in a {@code .bndrun} file and not in {@code bundles/} already. */
    private static void addMore(File file, String name, Path folder, List<Shipped> artifacts, Map<Path, Shipped> jars) throws IOException {
        if (file == null) {
            return;
        }
        Path bundles = folder.resolve("bundles");
        for (Shipped jar : new RunBundles(file).among(artifacts)) {
            if (!jars.containsKey(bundles.resolve(jar.fileName()))) {
                jars.put(bundles.resolve(name).resolve(jar.fileName()), jar);
            }
        }
    }

    private static Shipped named(List<Shipped> artifacts, String name) throws IOException {
        return artifacts.stream().filter(jar -> jar.artifactId().equals(name)).findFirst()
                .orElseThrow(() -> new IOException(name + " is no dependency of this project"));
    }

    /** Signs what is in {@code bundles/}; the launcher's class path is not looked at by the launcher. */
    private void sign(Path folder, Map<Path, Shipped> jars, Branding branding) throws IOException {
        BundleSigner signer;
        if (keystore == null) {
            String password = "throw-away";
            getLog().warn(branding.product() + " is signed by a throw-away key: name yours by -Dsigning.keystore=FILE.p12 -Dsigning.storepass=PASSWORD");
            signer = new BundleSigner(BundleSigner.throwAwayKey(target.toPath(), branding.product(), password), password.toCharArray(), null);
        } else {
            signer = new BundleSigner(keystore.toPath(), storepass == null ? new char[0] : storepass.toCharArray(), alias);
        }
        for (Path jar : jars.keySet()) {
            if (jar.startsWith(folder.resolve("bundles"))) {
                signer.sign(jar);
            }
        }
        Path trusted = folder.resolve("conf/trusted.pem");
        if (!Files.exists(trusted)) {
            signer.writeCertificate(trusted);
        }
    }

    private List<Shipped> artifacts() throws IOException {
        List<Shipped> artifacts = new ArrayList<>();
        for (Artifact artifact : project.getArtifacts()) {
            if (artifact.getArtifactHandler().getExtension().equals("jar")) {
                artifacts.add(Shipped.of(artifact));
            }
        }
        return artifacts;
    }

    private static void copy(Map<Path, Shipped> jars) throws IOException {
        for (Map.Entry<Path, Shipped> jar : jars.entrySet()) {
            Files.createDirectories(jar.getKey().getParent());
            Files.copy(jar.getValue().file().toPath(), jar.getKey());
        }
    }
}
