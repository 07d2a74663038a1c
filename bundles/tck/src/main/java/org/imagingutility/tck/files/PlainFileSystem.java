package org.imagingutility.tck.files;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;

/**
 * A file system that is no more than a list, and its reader: for tests of what uses readers. A volume is the text {@code PLAINFS1}, the number
 * of entries, and for each of them number of its directory, kind, time (seconds), name and content; numbers count from 1, and 0 is the root. What
 * a name is nobody checks, so that others can be tried with any. Holds all of it in memory; safe for use by several threads.
 */
public final class PlainFileSystem implements FileSystemReader {
    private static final byte[] MAGIC = "PLAINFS1".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 100_000;
    private static final int SECTOR = 512;

    private final String name;

    /** Creates a reader that has the name {@code plain}. */
    public PlainFileSystem() {
        this("plain");
    }

    /** Creates a reader with a name of its own. */
    public PlainFileSystem(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    /** One file, directory or link; the content of a link is where it leads. */
    record Entry(int directory, FileKind kind, long seconds, FileName name, byte[] content) {
    }

    @Override
    public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
        if (volume.length() < SECTOR || volume.length() > Integer.MAX_VALUE / 2) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) volume.length());
        volume.read(0, bytes.limit(MAGIC.length));
        if (!bytes.flip().equals(ByteBuffer.wrap(MAGIC))) {
            return Optional.empty();
        }
        volume.read(0, bytes.clear());
        bytes.position(MAGIC.length);
        String device = volume.info().reference();
        try {
            return Optional.of(new PlainTree(device, entries(bytes, device)));
        } catch (BufferUnderflowException e) {
            throw new FileSystemException(device, bytes.position(), "the list ends before its last entry", null);
        }
    }

    private static List<Entry> entries(ByteBuffer bytes, String device) throws FileSystemException {
        int count = bounded(bytes.getInt(), MOST, bytes, device);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int directory = bounded(bytes.getInt(), count, bytes, device);
            FileKind kind = FileKind.values()[bounded(bytes.get(), FileKind.values().length - 1, bytes, device)];
            long seconds = bounded(bytes.getInt(), Integer.MAX_VALUE, bytes, device);
            FileName text = FileName.utf8(taken(bytes, device));
            entries.add(new Entry(directory, kind, seconds, text, taken(bytes, device)));
        }
        return entries;
    }

    private static byte[] taken(ByteBuffer bytes, String device) throws FileSystemException {
        byte[] taken = new byte[bounded(bytes.getInt(), bytes.remaining(), bytes, device)];
        bytes.get(taken);
        return taken;
    }

    private static int bounded(int value, int most, ByteBuffer bytes, String device) throws FileSystemException {
        if (value < 0 || value > most) {
            throw new FileSystemException(device, bytes.position(), value + " is not in 0.." + most, null);
        }
        return value;
    }

    /** Makes volumes. For one thread. */
    public static final class Builder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private int count;

        /** Begins a volume whose root is empty. */
        public Builder() {
        }

        /** Adds something to the directory of number {@code directory} and returns its own number; the content of a link is its target. */
        public int add(int directory, FileKind kind, byte[] name, byte[] content) {
            try {
                out.writeInt(directory);
                out.writeByte(kind.ordinal());
                out.writeInt(1_600_000_000 + count);
                out.writeInt(name.length);
                out.write(name);
                out.writeInt(content.length);
                out.write(content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ++count;
        }

        /** Adds something with a name that is text. */
        public int add(int directory, FileKind kind, String name, byte[] content) {
            return add(directory, kind, name.getBytes(StandardCharsets.UTF_8), content);
        }

        /** Adds a directory. */
        public int directory(int directory, String name) {
            return add(directory, FileKind.DIRECTORY, name, new byte[0]);
        }

        /** Adds a file with a text as its content. */
        public int file(int directory, String name, String content) {
            return add(directory, FileKind.FILE, name, content.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds a symbolic link. */
        public int link(int directory, String name, String target) {
            return add(directory, FileKind.SYMBOLIC_LINK, name, target.getBytes(StandardCharsets.UTF_8));
        }

        /** Returns the volume, in whole sectors of 512 bytes. */
        public byte[] volume() {
            int length = MAGIC.length + Integer.BYTES + bytes.size();
            return ByteBuffer.allocate((length / SECTOR + 1) * SECTOR).put(MAGIC).putInt(count).put(bytes.toByteArray()).array();
        }
    }
}
