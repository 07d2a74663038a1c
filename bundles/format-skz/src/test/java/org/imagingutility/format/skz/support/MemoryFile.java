package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.ImageFile;

/** An image file in memory that remembers each write and counts what is read. */
public final class MemoryFile implements ImageFile {

    /** One call that changed the file; {@code bytes} is null for a force. */
    public record Event(long offset, byte[] bytes) {
        public boolean isForce() {
            return bytes == null;
        }
    }

    private final boolean seekable;
    private final List<Event> events = new ArrayList<>();
    private byte[] content = new byte[0];
    private int length;
    private long bytesRead;
    private int largestRead;
    private long writesLeft = Long.MAX_VALUE;
    private int unreadableFrom;
    private int unreadableTo;

    public MemoryFile(boolean seekable) {
        this.seekable = seekable;
    }

    public static MemoryFile of(byte[] content) {
        MemoryFile file = new MemoryFile(true);
        file.content = content;
        file.length = content.length;
        return file;
    }

    public synchronized byte[] toBytes() {
        return Arrays.copyOf(content, length);
    }

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public synchronized long bytesRead() {
        return bytesRead;
    }

    /** Returns the most bytes asked for at once. */
    public synchronized int largestRead() {
        return largestRead;
    }

    /** Lets {@code count} more writes succeed, then none. */
    public synchronized void failAfter(long count) {
        writesLeft = count;
    }

    /** Lets each read fail that touches the bytes {@code from} to {@code to} (exclusive), as on a bad sector. */
    public synchronized void refuseReads(int from, int to) {
        unreadableFrom = from;
        unreadableTo = to;
    }

    @Override
    public String reference() {
        return "memory";
    }

    @Override
    public boolean seekable() {
        return seekable;
    }

    @Override
    public synchronized long length() {
        return length;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImagingException {
        if (!seekable) {
            throw new IllegalStateException("a read from a file that cannot seek");
        }
        largestRead = Math.max(largestRead, target.remaining());
        if (offset < 0 || target.remaining() > length - offset) {
            throw new ImageReadException("memory", offset, "ends at " + length, null);
        }
        if (offset < unreadableTo && offset + target.remaining() > unreadableFrom) {
            throw new ImageReadException("memory", unreadableFrom, "cannot be read", null);
        }
        bytesRead += target.remaining();
        target.put(content, (int) offset, target.remaining());
    }

    @Override
    public synchronized void write(long offset, ByteBuffer source) throws ImagingException {
        if (writesLeft-- <= 0) {
            throw new TargetException("memory", offset, "is full", null, null);
        }
        if (!seekable && offset != length) {
            throw new IllegalStateException("a write at " + offset + " to a file that cannot seek, at " + length);
        }
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        events.add(new Event(offset, bytes));
        apply(offset, bytes);
    }

    private void apply(long offset, byte[] bytes) {
        int end = Math.toIntExact(offset + bytes.length);
        if (end > content.length) {
            content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
        }
        System.arraycopy(bytes, 0, content, (int) offset, bytes.length);
        length = Math.max(length, end);
    }

    /** Returns what the file holds after the first {@code count} of {@code events}. */
    public static byte[] after(List<Event> events, int count) {
        MemoryFile file = new MemoryFile(true);
        events.subList(0, Math.min(count, events.size())).stream().filter(event -> !event.isForce())
                .forEach(event -> file.apply(event.offset(), event.bytes()));
        return file.toBytes();
    }

    @Override
    public synchronized void truncate(long newLength) {
        length = Math.toIntExact(newLength);
    }

    @Override
    public synchronized void force() {
        events.add(new Event(-1, null));
    }

    @Override
    public void publish() {
        force();
    }

    @Override
    public void discard() {
        close();
    }

    @Override
    public void close() {
    }
}
