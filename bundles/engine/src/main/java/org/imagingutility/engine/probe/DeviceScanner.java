package org.imagingutility.engine.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.ListedDevices;
import org.imagingutility.engine.source.SourceDevices;

/** Looks at every device that can be found. For one thread. */
public final class DeviceScanner {
    private static final Pattern NUMBER = Pattern.compile("p?(\\d{1,5})");

    private final Plugins plugins;
    /** By the references of disks. */
    private final Map<String, PartitionTable> tables = new HashMap<>();

    private DeviceScanner(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * Lists the devices of all providers with the tables and file systems on them.
     *
     * @param monitor is told of providers that cannot list theirs, as long as one can
     */
    public static List<DeviceListing> of(Plugins plugins, JobMonitor monitor) throws ImagingException {
        return new DeviceScanner(plugins).list(monitor);
    }

    record Found(DeviceProvider provider, DeviceInfo info) {
    }

    private List<DeviceListing> list(JobMonitor monitor) throws ImagingException {
        List<Found> all = new ArrayList<>();
        ListedDevices.each(plugins, monitor, (provider, info) -> all.add(new Found(provider, info)));
        Map<String, Integer> numbers = numbers(all);
        Map<String, DeviceListing> listings = new HashMap<>();
        // disks first: their tables tell of their partitions
        for (boolean partitions : new boolean[] {false, true}) {
            for (Found found : all) {
                if (found.info.parent().isPresent() == partitions) {
                    listings.put(found.info.reference(), scan(found, Optional.ofNullable(numbers.get(found.info.reference()))));
                }
            }
        }
        return all.stream().map(found -> listings.get(found.info.reference())).toList();
    }

    /**
     * Numbers disks as the operating system does; others from 0 on, behind those, and then what else is whole:
     * loop devices come and go, disks keep their numbers.
     */
    static Map<String, Integer> numbers(List<Found> all) {
        Map<String, Integer> numbers = new HashMap<>();
        for (Found found : all) {
            OptionalInt own = found.info.kind() == DeviceKind.DISK ? found.provider.diskNumber(found.info.reference())
                    : OptionalInt.empty();
            if (own.isPresent() && !numbers.containsValue(own.getAsInt())) {
                numbers.putIfAbsent(found.info.reference(), own.getAsInt());
            }
        }
        for (boolean disks : new boolean[] {true, false}) {
            for (Found found : all) {
                boolean whole = found.info.parent().isEmpty() && found.info.kind() != DeviceKind.PARTITION;
                if (whole && (found.info.kind() == DeviceKind.DISK) == disks && !numbers.containsKey(found.info.reference())) {
                    numbers.put(found.info.reference(), free(numbers));
                }
            }
        }
        return numbers;
    }

    private static int free(Map<String, Integer> numbers) {
        int number = numbers.size();
        // behind all that are numbered, so that what has no number of its own never looks like a disk that has one
        for (int taken : numbers.values()) {
            number = Math.max(number, taken + 1);
        }
        return number;
    }

    private DeviceListing scan(Found found, Optional<Integer> number) {
        DeviceInfo info = found.info;
        OptionalInt shownNumber = number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
        Optional<PartitionTable> table = Optional.empty();
        Optional<FileSystemInfo> fileSystem = Optional.empty();
        Optional<String> problem = Optional.empty();
        try (Device device = found.provider.open(info.reference())) {
            if (number.isPresent()) {
                table = table(device);
            }
            if (table.isEmpty()) {
                ContentSummary summary = ProbeResult.summary(plugins, device);
                fileSystem = summary.fileSystem();
                problem = summary.problem();
            }
        } catch (ImagingException e) {
            problem = Optional.of(e.getMessage());
        }
        table.ifPresent(one -> tables.put(info.reference(), one));
        return new DeviceListing(found.provider.name(), info, shownNumber, table.map(PartitionTable::kind), partition(info),
                fileSystem, problem);
    }

    private Optional<PartitionTable> table(Device device) throws ImagingException {
        return plugins.partitionTables().all().isEmpty() ? Optional.empty() : SourceDevices.table(plugins, device);
    }

    /**
     * Returns what the table says of a partition: the one with the number in its name, if it has the same length. Of an extended
     * one Linux shows the boot record only.
     */
    private Optional<Partition> partition(DeviceInfo info) {
        Optional<PartitionTable> table = info.parent().map(tables::get);
        if (table.isEmpty() || !info.reference().startsWith(info.parent().get())) {
            return Optional.empty();
        }
        Matcher number = NUMBER.matcher(info.reference().substring(info.parent().get().length()));
        return number.matches() ? table.get().partition(Integer.parseInt(number.group(1)))
                .filter(partition -> partition.length() == info.length()
                        || partition.role() == PartitionRole.EXTENDED) : Optional.empty();
    }
}
