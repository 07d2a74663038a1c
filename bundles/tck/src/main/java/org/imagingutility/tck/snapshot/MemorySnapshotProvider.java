package org.imagingutility.tck.snapshot;

import java.time.Instant;
import java.util.List;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.tck.device.MemoryDeviceProvider;

/**
 * Freezes the devices of a {@link MemoryDeviceProvider} by copying them: the simplest provider there is. What it has frozen
 * lies there as well, so other instances find it. Safe for use by several threads.
 */
public final class MemorySnapshotProvider implements SnapshotProvider {
    private final MemoryDeviceProvider devices;

    /** Creates a provider that freezes {@code devices}. */
    public MemorySnapshotProvider(MemoryDeviceProvider devices) {
        this.devices = devices;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean accepts(String reference) {
        return devices.accepts(reference);
    }

    @Override
    public Snapshot freeze(List<String> references) throws SnapshotException {
        if (references.size() != 1) {
            throw new SnapshotException(references.get(0), "devices in memory are frozen one by one", null, null);
        }
        String device = references.get(0);
        byte[] content = devices.content(device);
        if (content == null) {
            throw new SnapshotException(device, "there is no such device", null, null);
        }
        // the moment is the number of the copy
        long moment = 1;
        while (devices.content(frozen(device, moment)) != null) {
            moment++;
        }
        devices.put(frozen(device, moment), content);
        return new Copy(device, moment);
    }

    private static String frozen(String device, long moment) {
        return device + "@" + moment;
    }

    @Override
    public Snapshot reopen(String id) throws SnapshotException {
        int at = id.lastIndexOf('@');
        if (at < 0 || devices.content(id) == null) {
            throw new SnapshotException(id, "is not there any more", null, null);
        }
        return new Copy(id.substring(0, at), Long.parseLong(id.substring(at + 1)));
    }

    private final class Copy implements Snapshot {
        private final String device;
        private final long moment;

        Copy(String device, long moment) {
            this.device = device;
            this.moment = moment;
        }

        @Override
        public String id() {
            return MemorySnapshotProvider.frozen(device, moment);
        }

        @Override
        public Instant taken() {
            return Instant.ofEpochSecond(moment);
        }

        @Override
        public String frozen(String reference) {
            if (!reference.equals(device)) {
                throw new IllegalArgumentException("\"" + reference + "\" is not in the snapshot of \"" + device + "\"");
            }
            return id();
        }

        @Override
        public void release() {
            devices.remove(id());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
