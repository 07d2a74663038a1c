package org.imagingutility.launcher.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Distribution distribution = new Distribution(home, false);
        assertThat(Profile.oneShot(distribution, List.of("plugins")).bundles()).containsExactly(home.resolve("bundles/a.jar"),
                home.resolve("bundles/b.jar"), home.resolve("deploy/0.jar"));
        assertThat(Profile.shell(distribution).bundles()).as("the shell watches deploy/ itself").containsExactly(
                home.resolve("bundles/a.jar"), home.resolve("bundles/b.jar"), home.resolve("bundles/shell/org.apache.felix.log-1.3.0.jar"),
                home.resolve("bundles/shell/gogo.jar"));
    }

    @Test
    void aCommandDoesWithoutTheBundlesOfOthersUnlessAPlugInOfTheUserMayNeedThem() throws Exception {
        Path bundles = Files.createDirectories(home.resolve("bundles"));
        Path all = Files.createFile(bundles.resolve("a.jar"));
        Path few = Files.createFile(bundles.resolve("b-1.0.jar"));
        Files.writeString(Files.createDirectories(home.resolve("lib")).resolve("only-for.properties"), "# why\nb-1.0.jar = restore restore-set\n");
        Distribution distribution = new Distribution(home, false);
        assertThat(distribution.bundlesFor(List.of("image", "--out", "restored"))).containsExactly(all);
        assertThat(distribution.bundlesFor(List.of())).containsExactly(all);
        assertThat(distribution.bundlesFor(List.of("--verbose", "restore-set", "--discard"))).containsExactly(all, few);
        assertThat(Profile.shell(distribution).bundles()).as("a shell has every command").containsExactly(all, few);
        Files.createFile(Files.createDirectories(home.resolve("deploy")).resolve("own.jar"));
        assertThat(distribution.bundlesFor(List.of("image"))).containsExactly(all, few);
    }

    @Test
    void aCommandHasTheBundlesOfTheReferencesThatItNames() throws Exception {
        Path bundles = Files.createDirectories(home.resolve("bundles"));
        Path all = Files.createFile(bundles.resolve("a.jar"));
        Path few = Files.createFile(bundles.resolve("s3-1.0.jar"));
        Files.writeString(Files.createDirectories(home.resolve("lib")).resolve("only-for.properties"), "s3-1.0.jar = config s3://\n");
        Distribution distribution = new Distribution(home, false);
        assertThat(distribution.bundlesFor(List.of("image", "--repository", "/s3"))).containsExactly(all);
        assertThat(distribution.bundlesFor(List.of("image", "--repository=s3://bucket/place"))).containsExactly(all, few);
        assertThat(distribution.bundlesFor(List.of("verify", "--in", "s3://bucket/place#pc"))).containsExactly(all, few);
        assertThat(distribution.bundlesFor(List.of("config"))).containsExactly(all, few);
    }

    @Test
    void bundlesForWindowsAreInstalledThereAndNowhereElse() throws Exception {
        Path bundles = Files.createDirectories(home.resolve("bundles"));
        Path all = Files.createFile(bundles.resolve("b.jar"));
        Path few = Files.createFile(bundles.resolve("jna.jar"));
        Path there = Files.createFile(Files.createDirectories(bundles.resolve("windows")).resolve("a.jar"));
        Files.writeString(Files.createDirectories(home.resolve("lib")).resolve("only-for.properties"), "jna.jar = restore\n");
        assertThat(new Distribution(home, false).bundlesFor(List.of("image"))).containsExactly(all);
        assertThat(Profile.shell(new Distribution(home, false)).bundles()).containsExactly(all, few);
        assertThat(new Distribution(home, true).bundlesFor(List.of("image"))).as("they need what others do without")
                .containsExactly(all, few, there);
        assertThat(Profile.shell(new Distribution(home, true)).bundles()).containsExactly(all, few, there);
    }

    @Test
    void hasAShellIfItsBundleIsThere() throws IOException {
        Path shell = Files.createDirectories(home.resolve("bundles/shell"));
        Files.createFile(shell.resolve("org.apache.felix.gogo.runtime-1.1.6.jar"));
        assertThat(new Distribution(home, false).hasShell()).isFalse();
        Files.createFile(shell.resolve("org.imagingutility.shell-0.1.0.jar"));
        assertThat(new Distribution(home, false).hasShell()).isTrue();
    }

    @Test
    void saysWhereItLookedForBundles() throws IOException {
        assertThatExceptionOfType(CannotStartException.class).isThrownBy(() -> new Distribution(home, false).bundles())
                .withMessageContaining(home.resolve("bundles").toString());
    }
}
