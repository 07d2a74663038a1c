package org.imagingutility.command.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ShowingTest {
    private static final String AT = "/mnt/an image";
    @TempDir
    private Path folder;
    private FakeSystem system;
    private MountFolders folders;

    @BeforeEach
    void makeSystem() throws IOException {
        system = new FakeSystem(folder);
        folders = new MountFolders(folder.resolve("run"));
    }

    private MountFolder claimed() throws IOException {
        return folders.alone(() -> folders.claim(AT).orElseThrow());
    }

    @Test
    void theFirstDeviceOfTheKernelThatNobodyUsesIsTakenAndGivenBack() throws Exception {
        system.device("nbd0", true);
        system.device("nbd1", false);
        system.device("fuse", false);
        try (MountFolder mine = claimed()) {
            Path shown = system.showing().show(mine, () -> false);
            assertThat(shown).isEqualTo(system.dev.resolve("nbd1"));
            assertThat(system.ran).containsExactly("nbd-client -unix " + mine.socket() + " " + shown + " -readonly");
            system.mounted(shown.toString(), AT);
            assertThat(system.showing().isMounted(mine)).isTrue();
            assertThat(system.showing().takeAway(mine)).isFalse();
            assertThat(system.ran.subList(1, 3)).containsExactly("umount " + AT, "nbd-client -d " + shown);
        }
        assertThat(folders.all()).isEmpty();
    }

    @Test
    void whereAllDevicesOfTheKernelAreInUseItIsFuse() throws Exception {
        system.device("nbd0", true);
        system.device("fuse", false);
        try (MountFolder mine = claimed()) {
            assertThat(system.showing().show(mine, () -> false)).isEqualTo(mine.fuseFile());
            assertThat(system.ran).containsExactly("nbdfuse -r " + mine.fuseFile() + " --unix " + mine.socket());
            system.mounted("/dev/loop7", AT);
            assertThat(system.showing().isMounted(mine)).as("a loop device of somebody else").isFalse();
            Files.createDirectories(system.sys.resolve("loop7/loop"));
            Files.writeString(system.sys.resolve("loop7/loop/backing_file"), mine.fuseFile() + "\n");
            assertThat(system.showing().isMounted(mine)).isTrue();
            system.used.add(AT);
            assertThat(system.showing().takeAway(mine)).as("somebody uses it").isTrue();
            assertThat(system.ran).contains("umount -l " + AT).endsWith("umount " + mine.fuse());
        }
        assertThat(folders.all()).isEmpty();
        system.installed.remove("nbdfuse");
        try (MountFolder mine = claimed()) {
            assertThatThrownBy(() -> system.showing().show(mine, () -> false)).isInstanceOf(TargetException.class).hasMessageContaining("in use");
        }
    }

    @Test
    void whatSomebodyElseHasMountedThereStays() throws Exception {
        system.device("nbd0", false);
        system.mounted("/dev/sdb1", AT);
        try (MountFolder mine = claimed()) {
            system.showing().takeAway(mine);
        }
        assertThat(system.ran).isEmpty();
        assertThat(system.table().sourceAt(AT)).contains("/dev/sdb1");
    }

    @Test
    void whatIsMissingIsSaidAndHowItIsDoneByHand() throws Exception {
        assertThatThrownBy(() -> system.showing().check("an.skzimg", AT)).isInstanceOf(UsageException.class)
                .hasMessageContaining("/dev/nbd0").hasMessageContaining("/dev/fuse")
                .satisfies(e -> assertThat(((UsageException) e).remedy()).hasValueSatisfying(remedy -> assertThat(remedy)
                        .contains("modprobe nbd", "mount -o ro,loop /tmp/nbd/disk '" + AT + "'", "--in 'an.skzimg'")));
        system.device("fuse", false);
        assertThatCode(() -> system.showing().check("an.skzimg", AT)).doesNotThrowAnyException();
        system.installed.remove("nbdfuse");
        assertThatThrownBy(() -> system.showing().check("an.skzimg", AT)).hasMessageContaining("the program nbdfuse");
        system.device("nbd0", false);
        assertThatCode(() -> system.showing().check("an.skzimg", AT)).doesNotThrowAnyException();
        system.installed.remove("umount");
        assertThatThrownBy(() -> system.showing().check("an.skzimg", AT)).hasMessageContaining("umount");
    }

    @Test
    void aRecordHasOneOwnerAndWhatADeadOneLeftIsTakenAway() throws Exception {
        system.device("nbd0", false);
        MountFolder dead = claimed();
        Path shown = system.showing().show(dead, () -> false);
        system.mounted(shown.toString(), AT);
        assertThat(folders.alone(() -> folders.claim(AT))).as("a second one").isEmpty();
        dead.close();
        Mounter mounter = new Mounter(folders, system.table(), system, system.showing());
        assertThat(mounter.clean()).isEqualTo(1);
        assertThat(system.table().sourceAt(AT)).isEmpty();
        assertThat(system.sys.resolve("nbd0/pid")).doesNotExist();
        assertThat(folders.all()).isEmpty();
        assertThat(mounter.clean()).isZero();
    }
}
