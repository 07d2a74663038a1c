package org.imagingutility.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imagingutility.shell.interactive.FakeContext;
import org.imagingutility.shell.session.Gogo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class BundleCommandsTest {
    private final FakeContext context = new FakeContext();
    private final Gogo gogo = new Gogo();

    @BeforeEach
    void install() {
        context.bundle(0, "system").name = "org.apache.felix.framework";
        context.bundle(12, "file:z.jar").name = "org.imagingutility.codec.zstd";
        context.bundle(13, "file:x.jar").name = "org.imagingutility.codec.xz";
        context.bundle(14, "file:f.jar").name = "org.imagingutility.format.skz";
        context.bundles.values().forEach(bundle -> bundle.state = Bundle.ACTIVE);
        new BundleCommands(context.asContext()).all().forEach(gogo::command);
    }

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void stopsAndStartsBundlesByNumberNameOrTheEndOfIt() {
        assertThat(gogo.session.run("stop codec-zstd; stop org.imagingutility.codec.xz; stop 14")).isZero();
        assertThat(gogo.out().lines()).containsExactly("stopped org.imagingutility.codec.zstd 1.2.3 (12)",
                "stopped org.imagingutility.codec.xz 1.2.3 (13)", "stopped org.imagingutility.format.skz 1.2.3 (14)");
        assertThat(context.bundles.get(12L).state).isEqualTo(Bundle.RESOLVED);
        assertThat(gogo.session.run("start zstd CODEC.XZ; start zstd; stop skz")).isZero();
        assertThat(gogo.out()).contains("started org.imagingutility.codec.zstd", "started org.imagingutility.codec.xz",
                "runs already: org.imagingutility.codec.zstd", "does not run: org.imagingutility.format.skz");
    }

    @Test
    void nothingIsDoneIfOneNameIsWrongOrMayBeTwo() {
        context.bundle(15, "file:z2.jar").name = "org.example.codec.zstd";
        for (String line : new String[] {"stop skz nosuch", "stop skz 99", "stop skz codec-zstd", "stop", "stop --force skz", "update",
            "uninstall abc", "refresh abc", "update skz a b", "install", "start abc"}) {
            assertThat(gogo.session.run(line)).as(line).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(gogo.err()).contains("there is no bundle \"nosuch\"", "there is no bundle \"99\"", "\"codec-zstd\" may be "
                + "org.imagingutility.codec.zstd 1.2.3 (12) or org.example.codec.zstd 1.2.3 (15): give the number",
                "stop needs a bundle", "stop has no option \"--force\"", "install needs the location of a jar");
        assertThat(context.bundles.values()).allMatch(bundle -> bundle.id == 15 || bundle.state == Bundle.ACTIVE);
    }

    @Test
    void updatesAndUninstallsByName() {
        assertThat(gogo.session.run("update codec-zstd; uninstall skz")).isZero();
        assertThat(gogo.out()).contains("updated org.imagingutility.codec.zstd 1.2.3 (12); \"refresh 12\"",
                "uninstalled org.imagingutility.format.skz 1.2.3 (14)");
        assertThat(context.bundles.get(14L).state).isEqualTo(Bundle.UNINSTALLED);
    }

    @Test
    void theFrameworkIsLeftByExitWhichAsks() {
        for (String line : new String[] {"stop 0", "stop felix.framework", "stop 12 0"}) {
            gogo.session.run(line);
            assertThat(gogo.session.takeExitCode()).as(line).hasValue(ExitCodes.DONE);
        }
        assertThat(context.bundles.values()).allMatch(bundle -> bundle.state == Bundle.ACTIVE);
        assertThat(gogo.session.run("update 0")).isEqualTo(ExitCodes.USAGE);
        assertThat(gogo.session.run("uninstall 0")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aNameIsABundleForTheOtherCommandsOfGogoToo() {
        BundleNumbers converter = new BundleNumbers(context.asContext());
        assertThat(converter.convert(Bundle.class, "codec-zstd")).isInstanceOf(Bundle.class);
        assertThat(converter.convert(Bundle.class, "codec")).isNull();
        assertThatThrownBy(() -> BundleNames.find(context.asContext(), "")).isInstanceOf(IllegalArgumentException.class);
    }
}
