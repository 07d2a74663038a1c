package org.imagingutility.command.options;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The name of this machine, without a network being asked where the system knows it. */
final class HostName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private HostName() {
    }

    /** Returns the name; empty if the machine has none. */
    static Optional<String> ofThisMachine() {
        String windows = System.getenv("COMPUTERNAME");
        if (windows != null && !windows.isBlank()) {
            return Optional.of(windows.strip());
        }
        try {
            if (Files.isReadable(LINUX)) {
                return Optional.of(Files.readString(LINUX).strip()).filter(name -> !name.isEmpty());
            }
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (IOException e) {
            // an image without the name of its machine is as good as any other
            return Optional.empty();
        }
    }
}
