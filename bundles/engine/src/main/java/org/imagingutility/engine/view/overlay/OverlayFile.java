package org.imagingutility.engine.view.overlay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.engine.frames.Sha256;

/** The file that takes what is written; the form is told in the package's comment. Used by several threads at once. */
final class OverlayFile implements AutoCloseable {
    /** Bytes of a block. */
    static final int BLOCK = 64 << 10;
    /** So that the map stays below 128 MiB. */
    static final long MAX_LENGTH = 32L << 40;
    /** Behind the end of every file: Windows keeps everybody from locked bytes, and what is flushed may be copied. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int HEADER = 4096;
    private static final int CHECKED = 56;
    private static final byte[] MAGIC = "IMGUOVL1".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final long dataAt;
    private final BlockMap map;
    private final boolean continued;

    private OverlayFile(String name, Path path, FileChannel channel, long deviceLength, boolean continued) {
        long blocks = (deviceLength + BLOCK - 1) / BLOCK;
        this.name = name;
        this.path = path;
        this.channel = channel;
        this.map = new BlockMap(blocks);
        this.dataAt = HEADER + (long) BlockMap.pages(blocks) * BlockMap.PAGE;
        this.continued = continued;
    }

    /**
     * Makes the file, or opens one that belongs to the same content.
     *
     * @param identity what tells that content from any other
     * @throws TargetException if something else stands there, another server uses it, or it cannot be made
     */
    static OverlayFile open(String name, long deviceLength, String identity) throws ImagingException {
        if (deviceLength > MAX_LENGTH) {
            throw new TargetException(name, -1, "cannot take writes to a device of " + deviceLength + " bytes, at most " + MAX_LENGTH, null,
                    null);
        }
        ByteBuffer header = header(deviceLength, identity);
        try {
            Path path = FilePaths.of(name);
            FileChannel channel;
            boolean fresh = false;
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.SPARSE), FileRights.asked().ofFile(path));
                fresh = true;
            }
            try {
                lock(name, channel);
                OverlayFile file = new OverlayFile(name, path, channel, deviceLength, !fresh);
                if (fresh) {
                    file.make(header);
                } else {
                    file.load(header);
                }
                return file;
            } catch (IOException | ImagingException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (InvalidPathException e) {
            throw new TargetException(name, -1, "cannot be a file name: " + e.getReason(), null, e);
        } catch (FileAlreadyExistsException e) {
            throw new TargetException(name, -1, "was just made by somebody else", "choose another name", e);
        } catch (IOException e) {
            throw new TargetException(name, -1, "cannot be opened: " + e.getMessage(), null, e);
        }
    }

    private static void lock(String name, FileChannel channel) throws IOException, TargetException {
        boolean locked;
        try {
            locked = channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new TargetException(name, -1, "is used by another server", "end that one, or choose another file", null);
        }
    }

    private static ByteBuffer header(long deviceLength, String identity) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).putLong(deviceLength).putInt(BLOCK).putInt(0);
        header.put(new Sha256().of(ByteBuffer.wrap(identity.getBytes(StandardCharsets.UTF_8))).toBytes());
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, CHECKED);
        return header.putInt((int) crc.getValue()).clear();
    }

    /** The header comes last, so that a file that was not made to its end is none. */
    private void make(ByteBuffer header) throws IOException {
        writeFully(dataAt - 1, ByteBuffer.allocate(1));
        channel.force(true);
        writeFully(0, header);
        channel.force(true);
    }

    private void load(ByteBuffer expected) throws IOException, TargetException {
        ByteBuffer found = ByteBuffer.allocate(HEADER);
        if (channel.size() < dataAt) {
            throw other("is no overlay that was made to its end");
        }
        readFully(0, found);
        if (!found.clear().limit(MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw other("is there, and is no overlay");
        }
        if (!found.clear().equals(expected)) {
            throw other("is an overlay of something else, or damaged");
        }
        int pages = (int) ((dataAt - HEADER) / BlockMap.PAGE);
        for (int i = 0; i < pages; i++) {
            ByteBuffer page = ByteBuffer.allocate(BlockMap.PAGE);
            readFully(HEADER + (long) i * BlockMap.PAGE, page);
            if (!map.load(i, page.clear())) {
                throw other("has a damaged map (byte " + (HEADER + (long) i * BlockMap.PAGE) + ")");
            }
        }
    }

    private TargetException other(String reason) {
        return new TargetException(name, -1, reason, "choose another file for --overlay", null);
    }

    /** Says whether the file was there before. */
    boolean continued() {
        return continued;
    }

    int state(long block) {
        return map.state(block);
    }

    void setState(long block, int state) {
        map.set(block, state);
    }

    /** Reads bytes of blocks that hold data; what was never written there reads as zeros. */
    void read(long offset, ByteBuffer target) throws TargetException {
        try {
            for (long at = dataAt + offset; target.hasRemaining();) {
                int bytes = channel.read(target, at);
                at += bytes;
                if (bytes < 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw failed(offset, "read", e);
        }
    }

    void write(long offset, ByteBuffer source) throws TargetException {
        try {
            writeFully(dataAt + offset, source);
        } catch (IOException e) {
            throw failed(offset, "written", e);
        }
    }

    private TargetException failed(long offset, String what, IOException e) {
        return new TargetException(name, dataAt + offset, "cannot be " + what + ": " + e.getMessage(), null, e);
    }

    private void writeFully(long at, ByteBuffer source) throws IOException {
        long position = at;
        while (source.hasRemaining()) {
            position += channel.write(source, position);
        }
    }

    private void readFully(long at, ByteBuffer target) throws IOException {
        long position = at;
        while (target.hasRemaining()) {
            int bytes = channel.read(target, position);
            if (bytes < 0) {
                throw new EOFException("it ends at byte " + position);
            }
            position += bytes;
        }
    }

    /** Returns when all that was written before is on stable storage: the content first, then the map that says that it counts. */
    synchronized void force() throws TargetException {
        BitSet changed = map.takeDirty();
        boolean done = false;
        try {
            channel.force(false);
            for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
                writeFully(HEADER + (long) i * BlockMap.PAGE, map.page(i));
            }
            if (!changed.isEmpty()) {
                channel.force(false);
            }
            done = true;
        } catch (IOException e) {
            throw new TargetException(name, -1, "cannot be forced to stable storage: " + e.getMessage(), null, e);
        } finally {
            if (!done) {
                map.giveBack(changed);
            }
        }
    }

    /** Removes the file; it is closed afterwards. */
    void delete() throws TargetException {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new TargetException(name, -1, "cannot be removed: " + e.getMessage(), null, e);
        }
    }

    @Override
    public void close() throws TargetException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new TargetException(name, -1, "cannot be closed: " + e.getMessage(), null, e);
        }
    }
}
