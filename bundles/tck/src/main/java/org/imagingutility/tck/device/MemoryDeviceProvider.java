package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.TargetException;

/** Keeps devices in memory, under references that begin with {@code memory:}. Safe for use by several threads. */
public final class MemoryDeviceProvider implements DeviceProvider {
    private static final String PREFIX = "memory:";
    private static final int SECTOR_SIZE = 512;
    private static final byte UNDEFINED = (byte) 0xd1;

    private final Map<String, byte[]> devices = new ConcurrentHashMap<>();

    /** Creates a provider without devices. */
    public MemoryDeviceProvider() {
    }

    /** Puts a copy of {@code content} under {@code reference}. */
    public void put(String reference, byte[] content) {
        devices.put(reference, content.clone());
    }

    /** Takes away what stands under {@code reference}, if anything does. */
    public void remove(String reference) {
        devices.remove(reference);
    }

    /** Returns a copy of what stands under {@code reference}, or null. */
    public byte[] content(String reference) {
        byte[] content = devices.get(reference);
        return content == null ? null : content.clone();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<DeviceInfo> list() {
        return devices.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> new MemoryDevice(entry.getKey(), entry.getValue(), SECTOR_SIZE).info()).toList();
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith(PREFIX);
    }

    @Override
    public MemoryDevice open(String reference) throws DeviceException {
        byte[] content = devices.get(reference);
        if (content == null || content.length == 0) {
            throw new DeviceException(reference, -1, content == null ? "there is none" : "has no bytes", null, null);
        }
        return new MemoryDevice(reference, content, SECTOR_SIZE);
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws TargetException {
        byte[] existing = devices.get(reference);
        if (existing == null || existing.length == 0) {
            return new Target(reference, new byte[Math.toIntExact(options.requiredLength())],
                    options.requiredLength(), true);
        }
        if (!options.force()) {
            throw new TargetException(reference, -1, "exists already", null, null);
        }
        if (existing.length < options.requiredLength()) {
            throw new TargetException(reference, -1, "holds " + existing.length + " bytes, " + options.requiredLength()
                    + " are required", null, null);
        }
        return new Target(reference, existing, options.requiredLength(), false);
    }

    /** A target; a fresh one gets its name when it is complete. */
    private final class Target implements WritableDevice {
        private final byte[] content;
        private final long requiredLength;
        private final boolean fresh;
        private final MemoryDevice device;
        private boolean completed;

        Target(String reference, byte[] content, long requiredLength, boolean fresh) {
            this.content = content;
            this.requiredLength = requiredLength;
            this.fresh = fresh;
            this.device = new MemoryDevice(reference, content, SECTOR_SIZE);
        }

        @Override
        public DeviceInfo info() {
            return device.info();
        }

        @Override
        public boolean fresh() {
            return fresh;
        }

        @Override
        public void read(long offset, ByteBuffer target) throws DeviceException {
            device.read(offset, target);
        }

        @Override
        public synchronized void write(long offset, ByteBuffer source) {
            checkOpen();
            MemoryDevice.checkRange(info(), requiredLength, offset, source);
            source.get(content, (int) offset, source.remaining());
        }

        /** {@inheritDoc} What need not be zero is filled with something else, so that nobody relies on it. */
        @Override
        public synchronized Clearing clear(long offset, long length, boolean zeros) {
            checkOpen();
            MemoryDevice.checkRange(info(), requiredLength, offset, length);
            Arrays.fill(content, (int) offset, (int) (offset + length), zeros ? 0 : UNDEFINED);
            return Clearing.done(length);
        }

        @Override
        public synchronized void complete() throws TargetException {
            checkOpen();
            completed = true;
            byte[] found = fresh
                    ? devices.merge(info().reference(), content, (old, made) -> old.length == 0 ? made : old)
                    : content;
            if (found != content) {
                throw new TargetException(info().reference(), -1, "appeared meanwhile", null, null);
            }
        }

        private void checkOpen() {
            if (completed || device.isClosed()) {
                throw new IllegalStateException("target \"" + info().reference() + "\" is complete or closed");
            }
        }

        @Override
        public void close() {
            device.close();
        }
    }
}
