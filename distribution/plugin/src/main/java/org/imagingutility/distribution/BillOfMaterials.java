package org.imagingutility.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.license.Expression;

/**
 * A bill of materials by CycloneDX 1.6: every jar of the folder with purl, licence, path and the SHA-256 of the file as it
 * is shipped, below it the native libraries in it. Depends on nothing but what is shipped: two builds give the same bytes.
 */
final class BillOfMaterials {
    private static final String ROOT = "distribution";
    private final Bom bom = new Bom();
    private final Dependency root = new Dependency(ROOT);
    private final Path home;
    private final Notice notice;

    BillOfMaterials(Path home, Notice notice, Branding branding, String version) {
        this.home = home;
        this.notice = notice;
        Component product = new Component();
        product.setType(Component.Type.APPLICATION);
        product.setName(branding.product());
        product.setVersion(version);
        product.setBomRef(ROOT);
        Metadata metadata = new Metadata();
        metadata.setTimestamp(null); // the time of the build would make each another
        metadata.setComponent(product);
        bom.setMetadata(metadata);
        bom.setComponents(new ArrayList<>());
    }

    /** Adds the jar that is shipped as {@code file}. */
    void add(Shipped jar, Path file) throws IOException {
        Component component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setGroup(jar.groupId());
        component.setName(jar.artifactId());
        component.setVersion(jar.version());
        component.setScope(Component.Scope.REQUIRED);
        component.setPurl("pkg:maven/" + jar.groupId() + "/" + jar.artifactId() + "@" + jar.version() + "?type=jar");
        component.setBomRef(component.getPurl());
        component.addHash(new Hash(Hash.Algorithm.SHA_256, sha256(file)));
        LicenseChoice licences = new LicenseChoice();
        licences.setExpression(new Expression(licence(jar)));
        component.setLicenses(licences);
        List<Property> properties = new ArrayList<>();
        properties.add(property("path", home.relativize(file).toString().replace('\\', '/')));
        String published = sha256(jar.file().toPath());
        if (!published.equals(sha256(file))) {
            // what others published under this package URL has another digest: this one was signed for the distribution
            properties.add(property("sha256-before-signing", published));
        }
        component.setProperties(properties);
        List<Component> inside = NativeLibraries.in(file);
        if (!inside.isEmpty()) {
            component.setComponents(inside);
        }
        bom.getComponents().add(component);
        root.addDependency(new Dependency(component.getBomRef()));
    }

    private static Property property(String name, String value) {
        Property property = new Property();
        property.setName(name);
        property.setValue(value);
        return property;
    }

    private String licence(Shipped jar) throws IOException {
        return jar.isOwn() ? "Apache-2.0" : notice.row(jar.artifactId()).map(Notice.Row::licence)
                .orElseThrow(() -> new IOException("NOTICE has no row for " + jar.artifactId()));
    }

    /** Writes the bill. */
    void write(Path file) throws IOException {
        bom.setDependencies(List.of(root));
        bom.setSerialNumber(null);
        bom.setSerialNumber("urn:uuid:" + UUID.nameUUIDFromBytes(json().getBytes(StandardCharsets.UTF_8)));
        Files.writeString(file, json() + "\n");
    }

    private String json() throws IOException {
        try {
            return BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString();
        } catch (GeneratorException e) {
            throw new IOException(e);
        }
    }

    static String sha256(Path file) throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
