package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names durable. */
final class Directories {
    private Directories() {
    }

    /** Returns when the names in {@code directory} are on stable storage, where the operating system offers that. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no directory as a file and journals names by itself. Elsewhere it means a directory that
            // may be written but not read; the name is then as durable as the system makes it.
            return;
        }
    }
}
