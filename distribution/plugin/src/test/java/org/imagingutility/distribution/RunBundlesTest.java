package org.imagingutility.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunBundlesTest {
    @TempDir
    private Path folder;

    @Test
    void areTheJarsOfThoseNamesAndVersions() throws IOException {
        Path bndrun = Files.writeString(folder.resolve("a.bndrun"),
                "-runrequires: nothing\n-runbundles: \\\n\tone;version='[1.0.0,1.0.1)',\\\n\ttwo;version='[2.0.0,2.0.1)'\n");
        Shipped one = bundle("one", "1.0.0.SNAPSHOT");
        Shipped two = bundle("two", "2.0.0");
        Shipped newer = bundle("two", "2.1.0");
        Shipped noBundle = new Shipped("g", "plain", "1", new File("plain.jar"), null, null);
        assertThat(new RunBundles(bndrun.toFile()).among(List.of(noBundle, newer, two, one))).containsExactly(one, two);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new RunBundles(bndrun.toFile()).among(List.of(one, newer)))
                .withMessageContaining("two").withMessageContaining("[2.0.0,2.0.1)");
    }

    @Test
    void namesTheCommandsOfBundlesThatFewNeed() throws IOException {
        String bundles = "-runbundles: one;version='[1.0.0,1.0.1)',two;version='[2.0.0,2.0.1)'\n";
        Path bndrun = Files.writeString(folder.resolve("a.bndrun"), bundles + "imaging.only-for: two;commands=\"restore, restore-set\"\n");
        List<Shipped> there = List.of(bundle("one", "1.0.0"), bundle("two", "2.0.0"));
        assertThat(new RunBundles(bndrun.toFile()).onlyFor(there)).containsExactly("two-2.0.0.jar = restore restore-set");
        Files.writeString(bndrun, bundles);
        assertThat(new RunBundles(bndrun.toFile()).onlyFor(there)).isEmpty();
        for (String wrong : List.of("three;commands=restore", "two")) {
            Files.writeString(bndrun, bundles + "imaging.only-for: " + wrong + "\n");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> new RunBundles(bndrun.toFile())).withMessageContaining("imaging.only-for");
        }
    }

    @Test
    void refusesAFileThatWasNotResolved() throws IOException {
        Path bndrun = Files.writeString(folder.resolve("a.bndrun"), "-runrequires: nothing\n");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new RunBundles(bndrun.toFile())).withMessageContaining("-runbundles");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new RunBundles(folder.resolve("none").toFile()))
                .withMessageContaining("none");
    }

    private static Shipped bundle(String name, String version) {
        return new Shipped("g", name, version, new File(name + "-" + version + ".jar"), name, version);
    }
}
