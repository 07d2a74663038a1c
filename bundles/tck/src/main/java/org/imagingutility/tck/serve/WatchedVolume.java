package org.imagingutility.tck.serve;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.files.ForwardingFileTree;
import org.imagingutility.tck.files.PlainFileSystem;

/** A volume for servers of files that notes who uses it: some of its files cannot be read to their end, and one has its readers wait. */
final class WatchedVolume implements ServedVolume {
    static final int LENGTH = 1_000_000;
    private static final int DAMAGED_FROM = 700_000;

    private final OptionalInt partition;
    private final byte[] content = new byte[LENGTH];
    private final byte[] volume;
    private final int damaged;
    private final int lost;
    private final int held;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger trees = new AtomicInteger();

    WatchedVolume(OptionalInt partition, int seed) {
        this.partition = partition;
        new Random(seed).nextBytes(content);
        PlainFileSystem.Builder files = new PlainFileSystem.Builder();
        int folder = files.directory(0, "folder of files");
        files.add(folder, FileKind.FILE, "whole", content);
        files.file(folder, "none", "");
        damaged = files.add(0, FileKind.FILE, "damaged", content);
        lost = files.add(0, FileKind.FILE, "lost", content);
        held = files.file(0, "held", "at last");
        volume = files.volume();
    }

    byte[] content() {
        return content.clone();
    }

    void awaitHeld() throws InterruptedException {
        reached.await();
    }

    void release() {
        released.countDown();
    }

    /** Returns how many calls of trees are under way. */
    int inside() {
        return inside.get();
    }

    /** Returns how many trees were opened and not closed. */
    int trees() {
        return trees.get();
    }

    @Override
    public OptionalInt partition() {
        return partition;
    }

    @Override
    public String description() {
        return "plain";
    }

    @Override
    public long length() {
        return volume.length;
    }

    @Override
    public String identity() {
        return "watched " + content[0];
    }

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    @Override
    public FileTree open() throws ImagingException {
        Tree tree = new Tree(new PlainFileSystem().open(VolumeDevice.of(new MemoryDevice(volume.clone())), ReadingOptions.standard()).orElseThrow());
        trees.incrementAndGet();
        return tree;
    }

    private final class Tree extends ForwardingFileTree {
        private boolean closed;

        Tree(FileTree tree) {
            super(tree);
        }

        @Override
        public FileContent open(FileNode file) throws ImagingException {
            return new Content(super.open(file), file.id());
        }

        @Override
        public void close() throws ImagingException {
            if (!closed) {
                closed = true;
                trees.decrementAndGet();
            }
            super.close();
        }
    }

    private final class Content implements FileContent {
        private final FileContent whole;
        private final long file;

        Content(FileContent whole, long file) {
            this.whole = whole;
            this.file = file;
        }

        @Override
        public long length() {
            return whole.length();
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            inside.incrementAndGet();
            try {
                if (file == held) {
                    reached.countDown();
                    released.await();
                }
                if (file == lost || file == damaged && offset + target.remaining() > DAMAGED_FROM) {
                    throw new DeviceException("volume", offset, "a frame is damaged", null, null);
                }
                whole.read(offset, target);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                inside.decrementAndGet();
            }
        }

        @Override
        public void close() throws ImagingException {
            whole.close();
        }
    }
}
