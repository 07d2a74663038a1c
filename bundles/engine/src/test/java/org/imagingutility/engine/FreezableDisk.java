package org.imagingutility.engine;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.MemoryDeviceProvider;

/** A disk with partitions which are volumes, in memory, that can be frozen; for tests of one engine. */
final class FreezableDisk {
    /** What the disk is opened by. */
    static final String REFERENCE = "disk:0";
    /** As what cannot be frozen: all volumes. */
    static final String ALL = "all";

    final MemoryDeviceProvider memory = new MemoryDeviceProvider();
    final Volumes volumes = new Volumes();
    /** What the volumes hold at first. */
    final Map<VolumeOnDisk, byte[]> contents = new LinkedHashMap<>();
    final byte[] disk;
    /** What belongs to volumes that lie elsewhere as well. */
    List<VolumeOnDisk> parts = List.of();
    /** Whether something else stands on the volumes by now. */
    boolean written;

    /** Makes it, a GPT disk, in {@code folder}, and installs what opens and freezes it. */
    FreezableDisk(TestEngine engine, Path folder) throws Exception {
        disk = Files.readAllBytes(Fixtures.unpack("disk-gpt", folder));
        Files.write(folder.resolve("disk.raw"), disk);
        for (Partition partition : engine.disk(folder.resolve("disk.raw").toString()).table().orElseThrow().partitions()) {
            VolumeOnDisk volume = new VolumeOnDisk("memory:" + partition.number(), partition.offset(), partition.length());
            hold(volume, Arrays.copyOfRange(disk, (int) volume.offset(), (int) volume.end()));
        }
        engine.installed().deviceProviders().add(memory, 1, () -> Origin.ofModule(memory));
        DeviceProvider disks = new Disks();
        engine.installed().deviceProviders().add(disks, 1, () -> Origin.ofModule(disks));
        engine.installed().snapshotProviders().add(volumes, 0, () -> Origin.ofModule(volumes));
    }

    /** Puts something else on a volume, and on the disk. */
    void hold(VolumeOnDisk volume, byte[] content) {
        contents.put(volume, content);
        memory.put(volume.reference(), content);
        System.arraycopy(content, 0, disk, (int) volume.offset(), content.length);
    }

    /** Writes zeros to all volumes. */
    void write() {
        written = true;
        contents.forEach((volume, content) -> memory.put(volume.reference(), new byte[content.length]));
    }

    /** Opens the disk, which shows what its volumes hold at the time. */
    private final class Disks implements DeviceProvider {
        @Override
        public String name() {
            return "disks";
        }

        @Override
        public List<DeviceInfo> list() {
            return List.of();
        }

        @Override
        public boolean accepts(String reference) {
            return reference.equals(REFERENCE);
        }

        @Override
        public Device open(String reference) {
            return new Device() {
                @Override
                public DeviceInfo info() {
                    return new DeviceInfo(REFERENCE, DeviceKind.DISK, disk.length, 512, "", Optional.empty(), List.of(), true);
                }

                @Override
                public void read(long offset, ByteBuffer target) {
                    byte[] now = Arrays.copyOfRange(disk, (int) offset, (int) offset + target.remaining());
                    for (VolumeOnDisk volume : contents.keySet()) {
                        int from = (int) Math.max(offset, volume.offset());
                        int to = (int) Math.min(offset + now.length, volume.end());
                        if (written && from < to) {
                            Arrays.fill(now, from - (int) offset, to - (int) offset, (byte) 0);
                        }
                    }
                    target.put(now);
                }

                @Override
                public List<VolumeOnDisk> volumes() {
                    return List.copyOf(contents.keySet());
                }

                @Override
                public List<VolumeOnDisk> volumeParts() {
                    return parts;
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) throws TargetException {
            throw new TargetException(reference, -1, "is for reading", null, null);
        }
    }

    /** Freezes devices in memory, several in one set. */
    final class Volumes implements SnapshotProvider {
        int sets;
        String refused = "";
        boolean together = true;

        @Override
        public String name() {
            return "volumes";
        }

        @Override
        public boolean accepts(String reference) {
            return memory.accepts(reference) && !reference.contains("@");
        }

        @Override
        public Optional<String> refusal(String reference) {
            return refused.equals(ALL) || refused.equals(reference) ? Optional.of("there is no room") : Optional.empty();
        }

        @Override
        public Snapshot freeze(List<String> references) throws SnapshotException {
            if (references.size() > 1 && !together) {
                throw new SnapshotException(references.get(0), "not both", null, null);
            }
            sets++;
            references.forEach(reference -> memory.put(reference + "@" + sets, memory.content(reference)));
            return snapshot(sets);
        }

        @Override
        public Snapshot reopen(String id) {
            return snapshot(Integer.parseInt(id));
        }

        private Snapshot snapshot(int set) {
            return new Snapshot() {
                @Override
                public String id() {
                    return Integer.toString(set);
                }

                @Override
                public Instant taken() {
                    return Instant.ofEpochSecond(set);
                }

                @Override
                public String frozen(String reference) {
                    return reference + "@" + set;
                }

                @Override
                public void release() {
                    memory.list().stream().map(DeviceInfo::reference).filter(reference -> reference.endsWith("@" + set)).forEach(memory::remove);
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }
    }
}
