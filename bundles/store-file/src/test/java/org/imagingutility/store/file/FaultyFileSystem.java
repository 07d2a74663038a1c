package org.imagingutility.store.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;

/** The file system of {@code itests/checks/faulty-fs}, which fails when it is told to. */
final class FaultyFileSystem {
    private static final int CANNOT_RUN = 77;

    private final Process process;
    private final Path mountPoint;
    private final Path control;

    private FaultyFileSystem(Process process, Path mountPoint, Path control) {
        this.process = process;
        this.mountPoint = mountPoint;
        this.control = control;
    }

    /** Mounts one below {@code directory}. Where that cannot be done, the test is skipped, and with CI=true it fails. */
    static FaultyFileSystem mount(Path directory) throws Exception {
        Path script = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../../itests/checks/faulty-fs");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Path mountPoint = Files.createDirectory(directory.resolve("mnt"));
        Path control = directory.resolve("control");
        Process process;
        String said;
        try {
            process = new ProcessBuilder(script.toString(), folder.toString(), mountPoint.toString(), control.toString())
                    .redirectErrorStream(true).start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            said = output.readLine();
        } catch (IOException e) {
            process = null;
            said = e.getMessage();
        }
        FaultyFileSystem mounted = new FaultyFileSystem(process, mountPoint, control);
        if ("mounted".equals(said)) {
            return mounted;
        }
        boolean cannotRun = process == null || process.waitFor() == CANNOT_RUN;
        if (!cannotRun) {
            throw new AssertionError("cannot mount: " + said);
        }
        Tools.require(Assumptions::abort, false, "cannot mount: " + said);
        return mounted;
    }

    Path mountPoint() {
        return mountPoint;
    }

    /** Begins a mode; see the script. */
    void mode(String mode) throws IOException {
        Files.writeString(control, mode + "\n");
    }

    void unmount() throws Exception {
        mode("ok");
        // the kernel may hold on to a file that was closed just now; at once it would be "busy", and the daemon waited for in vain
        new ProcessBuilder("umount", "--lazy", mountPoint.toString()).inheritIO().start().waitFor();
        process.waitFor();
    }
}
