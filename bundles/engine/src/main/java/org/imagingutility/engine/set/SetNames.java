package org.imagingutility.engine.set;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The names of the files of a set, as the C# tool has them.
 *
 * @param disk {@code disk0}, or {@code disk} for one that was not named by a number
 */
record SetNames(String disk) {

    static SetNames of(OptionalInt diskNumber) {
        return new SetNames("disk" + (diskNumber.isPresent() ? Integer.toString(diskNumber.getAsInt()) : ""));
    }

    /** Returns the name of the file with the beginning of the disk. */
    String tableDump() {
        return disk + "-pt.bin";
    }

    /** Returns the name of the file with all else outside the partitions. */
    String outside() {
        return disk + "-outside.bin";
    }

    static String image(int index) {
        return String.format(Locale.ROOT, "part%02d.skzimg", index);
    }

    static String rawDump(int index) {
        return String.format(Locale.ROOT, "part%02d-raw.bin", index);
    }
}
