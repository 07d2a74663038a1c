package org.imagingutility.allocator.other;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.Signature.Kind;

/** The signatures of one device, in the order they are found. For one thread. */
final class Found {
    private final List<Signature> signatures = new ArrayList<>();

    /** Returns them. */
    List<Signature> all() {
        return List.copyOf(signatures);
    }

    /** Says whether there is none yet. */
    boolean isEmpty() {
        return signatures.isEmpty();
    }

    /** Says whether one of this name was found. */
    boolean has(String name) {
        for (Signature each : signatures) {
            if (each.info().fileSystem().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Adds something that has no label or number. */
    void add(String name, Kind kind, long offset) {
        signatures.add(Signature.named(name, kind, offset));
    }

    /** Adds something without sizes. */
    void add(String name, Kind kind, long offset, String label, String serial) {
        signatures.add(new Signature(new FileSystemInfo(name, label, serial, 0, 0), kind, offset));
    }

    /** Adds a file system. Sizes are shown, so only plausible ones are taken; else 0. */
    void addSized(String name, long offset, String label, String serial, long blockSize, long blocks) {
        boolean plausible = blockSize >= 512 && blockSize <= 65_536 && Long.bitCount(blockSize) == 1 && blocks > 0
                && blocks <= Long.MAX_VALUE / blockSize;
        signatures.add(new Signature(new FileSystemInfo(name, label, serial, plausible ? blockSize : 0,
                plausible ? blocks : 0), Kind.FILE_SYSTEM, offset));
    }
}
