package org.imagingutility.allocator.ntfs.files;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.fs.ntfs.structure.FileName;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/** What is known of one touched file while the table is gone through. For one thread. */
final class TouchedRecord {
    private final long reference;
    private final Map<String, Long> streams = new TreeMap<>();
    private Optional<FileName> name = Optional.empty();
    private boolean baseSeen;

    /** Creates the file whose base record has this reference. */
    TouchedRecord(long reference) {
        this.reference = reference;
    }

    /** Returns the reference to the base record. */
    long reference() {
        return reference;
    }

    /** Takes what one of the file's records says of itself. */
    void see(MftRecord record) {
        baseSeen |= record.baseReference() == 0;
        name = name.or(() -> FileName.of(record));
    }

    /** Says whether the base record was seen, so that the file exists for sure. */
    boolean baseSeen() {
        return baseSeen;
    }

    /** Returns the name that stood in a record seen so far. */
    Optional<FileName> name() {
        return name;
    }

    /** Says whether this stream is noted already. */
    boolean has(String stream) {
        return streams.containsKey(stream);
    }

    /** Adds bytes of a stream; the name of the main one, which stands for the file as well, is empty. */
    void add(String stream, long bytes) {
        streams.merge(stream, bytes, TouchedRecord::sum);
    }

    /** Adds numbers that are not negative; a sum out of range, which takes runs that overlap, becomes the largest number. */
    static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    /** Returns the bytes of each stream, by name. */
    Map<String, Long> streams() {
        return streams;
    }
}
