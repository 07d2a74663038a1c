package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {
    @TempDir
    private Path home;

    @Test
    void takesTheJarsOfBundlesAndThenThoseOfDeployButNoneOfFoldersBelow() throws Exception {
        for (String name : new String[] {"bundles/b.jar", "bundles/a.jar", "bundles/shell/gogo.jar", "deploy/0.jar", "deploy/README.md"}) {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        assertThat(new Distribution(home).bundles()).containsExactly(home.resolve("bundles/a.jar"),
                home.resolve("bundles/b.jar"), home.resolve("deploy/0.jar"));
    }

    @Test
    void saysWhereItLookedForBundles() throws IOException {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> new Distribution(home).bundles())
                .withMessageContaining(home.resolve("bundles").toString());
    }
}
