package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.imagingutility.file.io.system.OperatingSystem;

/** Makes names durable. */
public final class Directories {
    private Directories() {
    }

    /** Returns when the names in {@code directory} are on stable storage, where the operating system offers that. */
    public static void force(Path directory) throws IOException {
        if (OperatingSystem.isWindows() || !Files.isReadable(directory)) {
            // Windows opens no directory as a file and journals names by itself; a directory that may be written but not read: names
            // are as durable as the system makes them
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
