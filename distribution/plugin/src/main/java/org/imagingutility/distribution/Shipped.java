package org.imagingutility.distribution;

import java.io.File;
import java.io.IOException;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.maven.artifact.Artifact;

/**
 * A jar that a distribution can hold: its Maven coordinates and, of a bundle, its OSGi identity.
 *
 * @param symbolicName {@code Bundle-SymbolicName} without parameters, or null if the jar is no bundle
 * @param bundleVersion {@code Bundle-Version}, or null
 */
record Shipped(String groupId, String artifactId, String version, File file, String symbolicName, String bundleVersion) {
    /** The group whose jars are named with it in {@code bundles/}. */
    static final String OWN_GROUP = "org.imagingutility";

    Shipped {
        Objects.requireNonNull(file, groupId + ":" + artifactId + ": not built yet; run phase package");
    }

    static Shipped of(Artifact artifact) throws IOException {
        File file = artifact.getFile();
        String name = null;
        String version = null;
        if (file != null && file.isFile()) {
            try (JarFile jar = new JarFile(file)) {
                Manifest manifest = jar.getManifest();
                Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
                String header = main.getValue("Bundle-SymbolicName");
                name = header == null ? null : header.split(";")[0].strip();
                version = main.getValue("Bundle-Version");
            }
        }
        return new Shipped(artifact.getGroupId(), artifact.getArtifactId(), artifact.getVersion(), file, name, version);
    }

    boolean isOwn() {
        return groupId.equals(OWN_GROUP);
    }

    /** Returns the file's name in {@code bundles/}: our own begin with the group, so that they stand together. */
    String fileName() {
        return (isOwn() ? groupId + "." : "") + artifactId + "-" + version + ".jar";
    }
}
