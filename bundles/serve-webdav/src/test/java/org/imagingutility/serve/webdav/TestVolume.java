package org.imagingutility.serve.webdav;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.files.ForwardingFileTree;
import org.imagingutility.tck.files.PlainFileSystem;

/** A volume of plain files in memory, some of which cannot be read to their end, or not at all. */
final class TestVolume implements ServedVolume {
    /** From here on a damaged file cannot be read: behind the first piece of any answer. */
    static final int DAMAGED_FROM = 400_000;

    private final OptionalInt partition;
    private final byte[] volume;
    final Set<Long> damaged = ConcurrentHashMap.newKeySet();
    final Set<Long> unreadable = ConcurrentHashMap.newKeySet();
    final Set<Long> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger open = new AtomicInteger();
    volatile String refusal;

    TestVolume(OptionalInt partition, PlainFileSystem.Builder files) {
        this.partition = partition;
        this.volume = files.volume();
    }

    @Override
    public OptionalInt partition() {
        return partition;
    }

    @Override
    public String description() {
        return "plain \"<label>\"";
    }

    @Override
    public long length() {
        return volume.length;
    }

    @Override
    public String identity() {
        return "volume " + volume.length;
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public FileTree open() throws ImagingException {
        FileTree tree = new PlainFileSystem().open(VolumeDevice.of(new MemoryDevice(volume.clone(), 512)), ReadingOptions.standard())
                .orElseThrow();
        open.incrementAndGet();
        return new Tree(tree);
    }

    private final class Tree extends ForwardingFileTree {
        private boolean closed;

        Tree(FileTree tree) {
            super(tree);
        }

        @Override
        public FileContent open(FileNode file) throws ImagingException {
            if (refused.contains(file.id())) {
                throw new FileRefusedException("volume", "file " + file.id(), FileRefusedException.Reason.ENCRYPTED, "is encrypted <here>");
            }
            FileContent content = super.open(file);
            return unreadable.contains(file.id()) ? new Failing(content, 0) : damaged.contains(file.id()) ? new Failing(content, DAMAGED_FROM)
                    : content;
        }

        @Override
        public void close() throws ImagingException {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
            super.close();
        }
    }

    /** Content that can be read up to {@code end}. */
    private record Failing(FileContent content, long end) implements FileContent {
        @Override
        public long length() {
            return content.length();
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            if (offset + target.remaining() > end) {
                throw new DeviceException("volume", end, "a frame is damaged", null, null);
            }
            content.read(offset, target);
        }

        @Override
        public void close() throws ImagingException {
            content.close();
        }
    }
}
