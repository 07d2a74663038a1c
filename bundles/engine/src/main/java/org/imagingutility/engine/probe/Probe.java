package org.imagingutility.engine.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;

/**
 * All signatures on a device, asked of all allocators but those that take anything, and what follows from them. The rules are
 * those of libblkid: a member of a RAID or of a volume manager, or something encrypted, is no file system whatever else shows
 * through; of file systems there may be one only, but those of optical discs stand side by side.
 */
final class Probe {
    private final List<SignatureMatch> claims;
    private final List<SignatureMatch> nearMisses;
    private final List<String> notices;
    private final Optional<String> table;

    private Probe(List<SignatureMatch> claims, List<SignatureMatch> nearMisses, List<String> notices, Optional<String> table) {
        this.claims = claims;
        this.nearMisses = nearMisses;
        this.notices = notices;
        this.table = table;
    }

    /** Asks all allocators that are there about {@code device}, which may be a part of a disk. */
    static Probe of(Plugins plugins, Device device) throws ImagingException {
        List<SignatureMatch> found = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        // no answer ends the question, so all are asked
        plugins.ask(plugins.allocators(), device.info().reference() + ", signatures", allocator -> {
            if (!allocator.catchAll()) {
                ask(allocator, device, found, notices);
            }
            return Optional.empty();
        });
        requireAll(plugins, device);
        List<SignatureMatch> claims = claims(found);
        List<SignatureMatch> nearMisses = new ArrayList<>();
        for (SignatureMatch each : found) {
            if (each.signature().kind() == Kind.NEAR_MISS) {
                nearMisses.add(each);
            }
        }
        boolean weak = !claims.isEmpty() && claims.get(0).signature().kind() == Kind.WEAK;
        Optional<String> table = weak || !claims.isEmpty() && !claims.get(0).namesOnly() ? table(plugins, device)
                : Optional.empty();
        // on a disk that is divided a weak sign is what is left of an earlier use
        return weak && table.isPresent() ? new Probe(List.of(), nearMisses, notices, Optional.empty())
                : new Probe(claims, nearMisses, notices, table);
    }

    /** What was found while one that is needed was away says nothing: it is looked again when that is back. */
    static void requireAll(Plugins plugins, Device device) throws CancelledException {
        if (plugins.interrupted()) {
            throw new CancelledException("looking at what \"" + device.info().reference() + "\" holds");
        }
    }

    private static void ask(Allocator allocator, Device device, List<SignatureMatch> found, List<String> notices)
            throws ImagingException {
        try {
            for (Signature signature : allocator.signatures(device)) {
                found.add(new SignatureMatch(allocator.name(), allocator.namesOnly(), signature));
            }
        } catch (FileSystemException e) {
            // one that does not tell signatures from file systems; it says the same again if it is to recognise
            found.add(new SignatureMatch(allocator.name(), allocator.namesOnly(),
                    Signature.nearMiss(allocator.name(), e.offset(), e.getMessage())));
        } catch (DeviceException e) {
            if (!allocator.namesOnly() || e.isDeviceChanged()) {
                throw e;
            }
            // a name is not worth a job's end: whoever takes the content will read there again
            notices.add("allocator " + allocator.name() + " could not look at all places where signatures of others may stand: "
                    + e.getMessage());
        }
    }

    /** Returns what counts, that which decides first; of two that found the same, the one who knows more than its name. */
    private static List<SignatureMatch> claims(List<SignatureMatch> all) {
        List<SignatureMatch> found = new ArrayList<>(all.size());
        for (boolean namesOnly : new boolean[] {false, true}) {
            for (SignatureMatch each : all) {
                if (each.namesOnly() == namesOnly) {
                    found.add(each);
                }
            }
        }
        List<SignatureMatch> claims = new ArrayList<>();
        for (Kind kind : new Kind[] {Kind.CONTAINER, Kind.FILE_SYSTEM, Kind.DISC}) {
            add(found, kind, claims);
        }
        if (claims.isEmpty()) {
            add(found, Kind.WEAK, claims);
        }
        return claims;
    }

    private static void add(List<SignatureMatch> found, Kind kind, List<SignatureMatch> claims) {
        for (SignatureMatch each : found) {
            if (each.signature().kind() == kind && !isAmong(claims, each)) {
                claims.add(each);
            }
        }
    }

    private static boolean isAmong(List<SignatureMatch> claims, SignatureMatch found) {
        for (SignatureMatch claim : claims) {
            if (found.sameAs(claim)) {
                return true;
            }
        }
        return false;
    }

    /** Names the partition table that speaks against a file system from the first byte on. */
    private static Optional<String> table(Plugins plugins, Device device) throws ImagingException {
        List<String> found = new ArrayList<>();
        try {
            askReaders(plugins, device, found);
        } catch (PluginException e) {
            if (e.isOutOfMemory()) {
                throw e;
            }
            // jobs tell of it; a volume is imaged without a reader of tables as well
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    private static void askReaders(Plugins plugins, Device device, List<String> found) throws ImagingException {
        plugins.ask(plugins.partitionTables(), device.info().reference() + ", signatures", reader -> {
            try {
                Optional<PartitionTable> table = reader.read(device);
                if (table.isPresent() && table.get().partitions().stream().anyMatch(each -> each.offset() > 0)) {
                    found.add("a partition table (" + table.get().kind() + ")");
                }
            } catch (PartitionTableException e) {
                found.add("a partition table that cannot be trusted (" + e.getMessage() + ")");
            } catch (DeviceException e) {
                if (e.isDeviceChanged()) {
                    throw e;
                }
                // who looks at the disk as a whole is told
            }
            return Optional.empty();
        });
    }

    /** Returns what the user should know of the search itself. */
    List<String> notices() {
        return notices;
    }

    /** Returns the name of the allocator whose signature counts, if there is one and nothing contradicts it. */
    Optional<String> allocator() {
        return claims.isEmpty() || contradiction().isPresent() ? Optional.empty() : Optional.of(claims.get(0).allocator());
    }

    /** Returns the names of allocators that nearly know what is there. */
    List<String> nearlyKnowing() {
        return nearMisses.stream().map(SignatureMatch::allocator).distinct().toList();
    }

    /** Returns what is known of the device as far as the signatures agree. */
    FileSystemInfo info() {
        SignatureMatch first = claims.get(0);
        if (first.signature().kind() == Kind.CONTAINER || claims.size() == 1) {
            return first.signature().info();
        }
        return new FileSystemInfo(String.join(" or ", claims.stream().map(each -> each.signature().info().fileSystem())
                .distinct().toList()), "", "", 0, 0);
    }

    /** Says why no file system can be believed: signatures that contradict each other, each with its place. */
    Optional<String> contradiction() {
        boolean discs = claims.stream().allMatch(each -> each.signature().kind() == Kind.DISC);
        if (claims.isEmpty() || table.isEmpty() && (claims.size() == 1 || discs)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(claims.stream().map(SignatureMatch::text).toList());
        table.ifPresent(names::add);
        return Optional.of("signatures that contradict each other: " + String.join(", ", names));
    }

    /** Says what keeps the device from being recognised, if it has a signature, or only a field or so is wrong. */
    Optional<String> nearMiss() {
        for (SignatureMatch each : nearMisses) {
            // of several that of the signature that counts
            if (claims.isEmpty() || each.sameAs(claims.get(0))) {
                return Optional.of("looks like " + each.signature().info().fileSystem() + " but is not taken for it: "
                        + each.signature().flaw());
            }
        }
        return claims.isEmpty() ? Optional.empty() : Optional.of("has the signature of " + claims.get(0).text()
                + ", but allocator " + claims.get(0).allocator() + " finds no sound file system behind it");
    }
}
