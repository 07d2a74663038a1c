package org.imagingutility.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillOfMaterialsTest {
    @TempDir
    private Path home;

    @Test
    void isValidCycloneDxWithEachJarAsItIsShipped() throws Exception {
        Path own = Files.writeString(home.resolve("own.jar"), "own");
        Path other = Files.writeString(home.resolve("other.jar"), "other");
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
        // sha256sum of "other"
        assertThat(second.getHashes().get(0).getValue()).isEqualTo("d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa");
        assertThat(second.getProperties().get(0).getValue()).isEqualTo("other.jar");
    }

    private void write(Notice notice, Path own, Path other, String name) throws Exception {
        BillOfMaterials bill = new BillOfMaterials(home, notice, new Branding("Product", "product"), "3.0");
        bill.add(new Shipped(Shipped.OWN_GROUP, "own", "1.0", own.toFile(), null, null), own);
        bill.add(new Shipped("com.example", "other", "2.0", other.toFile(), null, null), other);
        bill.write(home.resolve(name));
    }
}
