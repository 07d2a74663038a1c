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
    void aCommandGetsTheJarsOfBundlesAndThenThoseOfDeployButNoneOfFoldersBelow() throws Exception {
        for (String name : new String[] {"bundles/b.jar", "bundles/a.jar", "bundles/shell/gogo.jar",
            "bundles/shell/org.apache.felix.log-1.3.0.jar", "deploy/0.jar", "deploy/README.md"}) {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Distribution distribution = new Distribution(home);
        assertThat(Profile.oneShot(distribution).bundles()).containsExactly(home.resolve("bundles/a.jar"),
                home.resolve("bundles/b.jar"), home.resolve("deploy/0.jar"));
        assertThat(Profile.shell(distribution).bundles()).as("the shell watches deploy/ itself").containsExactly(
                home.resolve("bundles/a.jar"), home.resolve("bundles/b.jar"), home.resolve("bundles/shell/org.apache.felix.log-1.3.0.jar"),
                home.resolve("bundles/shell/gogo.jar"));
    }

    @Test
    void hasAShellIfItsBundleIsThere() throws IOException {
        Path shell = Files.createDirectories(home.resolve("bundles/shell"));
        Files.createFile(shell.resolve("org.apache.felix.gogo.runtime-1.1.6.jar"));
        assertThat(new Distribution(home).hasShell()).isFalse();
        Files.createFile(shell.resolve("org.imagingutility.shell-0.1.0.jar"));
        assertThat(new Distribution(home).hasShell()).isTrue();
    }

    @Test
    void saysWhereItLookedForBundles() throws IOException {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> new Distribution(home).bundles())
                .withMessageContaining(home.resolve("bundles").toString());
    }
}
