package org.imagingutility.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Property;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {
    @TempDir
    private Path home;

    @Test
    void isValidCycloneDxWithEachJarAsItIsShipped() throws Exception {
        Path own = jar("own.jar", "a.txt");
        Path other = jar("other.jar", "linux/libother.so", "win/other.dll", "text.so.txt");
        Notice notice = Notice.read(Files.writeString(home.resolve("NOTICE"), "  jar  licence  from\n  other  BSD-2-Clause  O (licenses/o.txt)\n"));
        write(notice, own, other, "a.json");
        write(notice, own, other, "b.json");
        assertThat(home.resolve("a.json")).hasSameBinaryContentAs(home.resolve("b.json"));

        assertThat(new JsonParser().validate(home.resolve("a.json").toFile(), Version.VERSION_16)).isEmpty();
        Bom bom = new JsonParser().parse(home.resolve("a.json").toFile());
        assertThat(bom.getMetadata().getComponent().getName()).isEqualTo("Product");
        assertThat(bom.getComponents()).extracting(Component::getPurl)
                .containsExactly("pkg:maven/org.imagingutility/own@1.0?type=jar", "pkg:maven/com.example/other@2.0?type=jar");
        Component second = bom.getComponents().get(1);
        assertThat(second.getLicenses().getExpression().getValue()).isEqualTo("BSD-2-Clause");
        assertThat(second.getHashes().get(0).getValue()).isEqualTo(BillOfMaterials.sha256(other));
        assertThat(second.getProperties()).extracting(Property::getName).containsExactly("path");
        assertThat(second.getProperties().get(0).getValue()).isEqualTo("other.jar");
        assertThat(bom.getComponents().get(0).getComponents()).isNull();
        assertThat(second.getComponents()).extracting(Component::getName).containsExactly("linux/libother.so", "win/other.dll");
        // printf linux/libother.so | sha256sum
        assertThat(second.getComponents().get(0).getHashes().get(0).getValue())
                .isEqualTo("ab921818c5d9c4faa7c8d0508ef42b2e9148b514457784c8275f00c0be30d718");
    }

    @Test
    void saysWhichJarsAreNotTheBytesThatOthersPublished() throws Exception {
        Path published = jar("published.jar", "a.txt");
        Path signed = jar("signed.jar", "a.txt", "META-INF/SIGNER.SF");
        Notice notice = Notice.read(Files.writeString(home.resolve("NOTICE"), "  jar  licence  from\n  other  BSD-2-Clause  O (licenses/o.txt)\n"));
        BillOfMaterials bill = new BillOfMaterials(home, notice, new Branding("Product", "product"), "3.0");
        bill.add(new Shipped("com.example", "other", "2.0", published.toFile(), null, null), signed);
        bill.write(home.resolve("c.json"));
        assertThat(new JsonParser().validate(home.resolve("c.json").toFile(), Version.VERSION_16)).isEmpty();
        Component component = new JsonParser().parse(home.resolve("c.json").toFile()).getComponents().get(0);
        assertThat(component.getProperties().get(1).getName()).isEqualTo("sha256-before-signing");
        assertThat(component.getProperties().get(1).getValue()).isEqualTo(BillOfMaterials.sha256(published));
    }

    /** Makes a jar whose entries hold their own names. */
    private Path jar(String name, String... entries) throws IOException {
        Path file = home.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return file;
    }

    private void write(Notice notice, Path own, Path other, String name) throws Exception {
        BillOfMaterials bill = new BillOfMaterials(home, notice, new Branding("Product", "product"), "3.0");
        bill.add(new Shipped(Shipped.OWN_GROUP, "own", "1.0", own.toFile(), null, null), own);
        bill.add(new Shipped("com.example", "other", "2.0", other.toFile(), null, null), other);
        bill.write(home.resolve(name));
    }
}
