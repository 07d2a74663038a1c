package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.file.io.NativeNames;

/** A block device as sysfs describes it: a directory with an attribute in each file. */
public final class BlockDevice {
    /** Lengths stand in sysfs in units of 512 bytes, whatever the sector size. */
    private static final int SYSFS_UNIT = 512;
    private static final int USUAL_SECTOR_SIZE = 512;
    private static final int MAX_SECTOR_SIZE = 65536;

    private final Path directory;

    /** {@code directory} is the real one, below {@code /sys/devices}. */
    BlockDevice(Path directory) {
        this.directory = directory;
    }

    /** Returns the name of the kernel: {@code sda1}. */
    String name() {
        return directory.getFileName().toString();
    }

    /** Returns the device node; sysfs writes the slash of {@code cciss/c0d0} as an exclamation mark. */
    public Path node() {
        return Path.of("/dev", name().replace('!', '/'));
    }

    /** Returns {@code MAJOR:MINOR}. */
    public String number() throws IOException {
        return attribute("dev").orElse("");
    }

    boolean isPartition() {
        return Files.exists(directory.resolve("partition"));
    }

    /** Returns the disk a partition is part of. */
    Optional<BlockDevice> disk() {
        return isPartition() ? Optional.of(new BlockDevice(directory.getParent())) : Optional.empty();
    }

    /** Returns the partitions of a disk. */
    public List<BlockDevice> partitions() throws IOException {
        return below(directory).filter(BlockDevice::isPartition).toList();
    }

    /** Returns the mapper and RAID devices that are built on this one. */
    List<BlockDevice> holders() throws IOException {
        return below(directory.resolve("holders")).toList();
    }

    private static Stream<BlockDevice> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        List<BlockDevice> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                found.add(new BlockDevice(entry.toRealPath()));
            }
        }
        return found.stream();
    }

    /** Returns the file behind a loop device, while it has one. */
    public Optional<Path> backingFile() throws IOException {
        Path file = directory.resolve("loop/backing_file");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        byte[] name = Files.readAllBytes(file);
        int end = name.length > 0 && name[name.length - 1] == '\n' ? name.length - 1 : name.length;
        return end > 0 && name[0] == '/' ? Optional.of(NativeNames.of(Arrays.copyOf(name, end))) : Optional.empty();
    }

    DeviceKind kind() {
        if (isPartition()) {
            return DeviceKind.PARTITION;
        }
        boolean composed = Stream.of("loop", "dm", "md").anyMatch(kind -> Files.isDirectory(directory.resolve(kind)));
        return composed || name().startsWith("loop") ? DeviceKind.VOLUME : DeviceKind.DISK;
    }

    /** Returns the length in bytes. */
    long length() throws IOException {
        return Math.multiplyExact(number("size", 0), SYSFS_UNIT);
    }

    /** Returns the logical sector size in bytes. */
    public int sectorSize() throws IOException {
        long size = disk().orElse(this).number("queue/logical_block_size", USUAL_SECTOR_SIZE);
        boolean possible = size >= USUAL_SECTOR_SIZE && size <= MAX_SECTOR_SIZE && Long.bitCount(size) == 1;
        return possible ? (int) size : USUAL_SECTOR_SIZE;
    }

    public boolean readOnly() throws IOException {
        return number("ro", 0) != 0;
    }

    /** Returns model, mapper name, partition label or backing file; empty if nothing is known. */
    String label() throws IOException {
        for (String name : List.of("device/model", "dm/name", "loop/backing_file")) {
            Optional<String> label = attribute(name).filter(text -> !text.isEmpty());
            if (label.isPresent()) {
                return label.get();
            }
        }
        return attribute("uevent").stream().flatMap(String::lines).filter(l -> l.startsWith("PARTNAME="))
                .map(l -> l.substring("PARTNAME=".length())).findFirst().orElse("");
    }

    private long number(String attribute, long otherwise) throws IOException {
        Optional<String> text = attribute(attribute);
        try {
            return text.isPresent() ? Long.parseLong(text.get()) : otherwise;
        } catch (NumberFormatException e) {
            throw new IOException("\"" + directory.resolve(attribute) + "\" holds no number: " + text.get(), e);
        }
    }

    private Optional<String> attribute(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.isReadable(file)
                ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockDevice that && directory.equals(that.directory);
    }

    @Override
    public int hashCode() {
        return directory.hashCode();
    }

    @Override
    public String toString() {
        return node().toString();
    }
}
