package org.imagingutility.export.disk;

import java.util.Optional;
import org.imagingutility.api.export.VirtualDiskSpec;

/** What it means that a disk gets other sectors than the device had. */
final class SectorNote {
    private SectorNote() {
    }

    /** Returns the sentence, if the device had other sectors than 512 bytes. */
    static Optional<String> of(VirtualDiskSpec spec, String fact, Optional<String> better) {
        return spec.sectorSize() == 512 ? Optional.empty() : Optional.of(fact + ", the device had sectors of " + spec.sectorSize()
                + ": a partition table on it is not understood there" + better.map(name -> " (format " + name + " keeps 4096)").orElse(""));
    }
}
