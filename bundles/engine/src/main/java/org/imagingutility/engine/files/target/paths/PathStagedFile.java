package org.imagingutility.engine.files.target.paths;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.StagedFile;
import org.imagingutility.engine.files.target.TargetFolder;

/** A file or link in the staging folder. */
final class PathStagedFile implements StagedFile {
    private final Path path;
    private final Attributes attributes;
    /** Null of a link, and once it is closed. */
    private RandomAccessFile file;
    private boolean placed;

    PathStagedFile(Path path, Attributes attributes, RandomAccessFile file) {
        this.path = path;
        this.attributes = attributes;
        this.file = file;
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += file.getChannel().write(bytes, at);
        }
    }

    @Override
    public void length(long bytes) throws IOException {
        file.setLength(bytes);
    }

    @Override
    public void attribute(String name, byte[] value) throws IOException {
        PathFolder.set(path, name, value);
    }

    @Override
    public void place(TargetFolder folder, String name) throws IOException {
        boolean link = file == null;
        end();
        PathFolder.apply(path, attributes, link);
        Files.move(path, ((PathFolder) folder).resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        placed = true;
    }

    private void end() throws IOException {
        if (file != null) {
            RandomAccessFile open = file;
            file = null;
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            end();
        } finally {
            if (!placed) {
                placed = true;
                Files.deleteIfExists(path);
            }
        }
    }
}
