package org.imagingutility.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever in its own code a job finds no memory, in whichever of its threads: it ends by an error that says so. A sample of the
 * allocations of small jobs; all of them, which takes minutes, by {@code -Dallocations=all}.
 */
@DisabledOnOs(OS.WINDOWS)
class AllocationFaultsIT {
    private static final int LENGTH = 1 << 20;
    private static final int STEP = 97;

    @ParameterizedTest
    @ValueSource(strings = {"IMAGE VERIFY RESTORE CONVERT BACKGROUND", "REPAIR EXPORT_DISK BACKUP VERIFY_SET RESTORE_SET DISK"})
    void lackOfMemoryAnywhereEndsAJobByAnErrorThatSaysSo(String jobs) throws Exception {
        Path folder = Built.newFolder("allocations");
        Path device = Files.write(folder.resolve("device.raw"), disk());
        int step = "all".equals(System.getProperty("allocations")) ? 1 : STEP;
        String[] words = jobs.split(" ");
        String[] command = {Run.java(), "-javaagent:" + agent(folder), "-Dimaging.data=" + folder.resolve("data"), "-Xmx256m",
            "--module-path", Built.home().resolve("bundles") + File.pathSeparator + Built.home().resolve("lib").resolve("modules"),
            "--add-modules", "ALL-MODULE-PATH", "-cp", System.getProperty("imaging.testClasses") + File.pathSeparator + asm(),
            "org.imagingutility.itests.allocations.AllocationMain", device.toString(), folder.toString(),
            Integer.toString(step)};
        String[] line = java.util.stream.Stream.concat(java.util.Arrays.stream(command), java.util.Arrays.stream(words)).toArray(String[]::new);
        Run run = Run.of(null, line);
        assertThat(run.out()).doesNotContain("WRONG").contains(words);
        assertThat(run.err()).doesNotContain("cannot be prepared");
        assertThat(run.exitCode()).isZero();
    }

    private static Path agent(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "org.imagingutility.itests.allocations.AllocationAgent");
        Path jar = folder.resolve("agent.jar");
        // the class itself is found where the tests are
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    /** The library by which classes are changed: AssertJ has it along. */
    private static Path asm() throws Exception {
        return Path.of(net.bytebuddy.jar.asm.ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A disk with one partition, with random bytes in front of it and in it, and zeros. */
    private static byte[] disk() {
        byte[] disk = new byte[LENGTH];
        new Random(1).nextBytes(disk);
        java.util.Arrays.fill(disk, LENGTH / 2, LENGTH / 2 + LENGTH / 8, (byte) 0);
        java.util.Arrays.fill(disk, 0, 512, (byte) 0);
        disk[446 + 4] = (byte) 0x83;
        disk[446 + 9] = 1; // from sector 256 on
        int sectors = LENGTH / 512 - 256;
        disk[446 + 12] = (byte) sectors;
        disk[446 + 13] = (byte) (sectors >>> 8);
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        return disk;
    }
}
