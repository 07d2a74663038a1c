package org.imagingutility.engine.set;

import java.util.Locale;
import java.util.OptionalInt;
import org.imagingutility.engine.layout.SourcePart;

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

    /** Returns the name of the image of what is kept outside the partitions where that is much. */
    String unpartitioned() {
        return disk + "-unpartitioned.skzimg";
    }

    /** Returns the name of the image of a part. */
    String image(SourcePart part) {
        return part.index() == SourcePart.UNPARTITIONED ? unpartitioned() : image(part.index());
    }

    static String image(int index) {
        return String.format(Locale.ROOT, "part%02d.skzimg", index);
    }

    static String rawDump(int index) {
        return String.format(Locale.ROOT, "part%02d-raw.bin", index);
    }
}
