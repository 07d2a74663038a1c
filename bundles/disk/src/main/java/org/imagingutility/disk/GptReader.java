package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.GptCopies.Copy;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;

/**
 * Reads a GPT. How long its sectors are, the place of its headers tells: the length of the device's sectors is tried first,
 * then 512 and 4096 bytes, since an image file has no sectors and some disk cases show a disk with others than its own. For
 * one thread.
 */
final class GptReader {
    private final Device device;
    private final AlignedReader reader;
    private final Warnings warnings;

    GptReader(Device device, AlignedReader reader, Warnings warnings) {
        this.device = device;
        this.reader = reader;
        this.warnings = warnings;
    }

    /**
     * Returns the table behind {@code record}.
     *
     * @param record first sector of the disk, empty if it cannot be read
     * @return empty if nothing but a backup would tell of a table: without a protective entry it is a left-over
     */
    Optional<PartitionTable> read(Optional<BootRecord> record) throws ImagingException {
        boolean announced = record.map(BootRecord::isProtective).orElse(false);
        List<GptPair> pairs = new ArrayList<>();
        for (int sectorSize : List.of(device.sectorSize(), 512, 4096)) {
            if (pairs.stream().noneMatch(pair -> pair.sectorSize() == sectorSize)) {
                pairs.add(new GptPairReader(reader, sectorSize).read());
            }
        }
        Optional<GptPair> sound = pairs.stream().filter(pair -> pair.primary().isSound()).findFirst()
                .or(() -> pairs.stream().filter(pair -> pair.backup().isSound()
                        && (announced || pair.primary().signed())).findFirst());
        if (sound.isPresent()) {
            Warnings contradictions = new Warnings();
            pairs.stream().filter(pair -> pair != sound.get() && pair.primary().isSound()).forEach(other ->
                    contradictions.at(other.sectorSize(), "there is another sound GPT that counts in sectors of "
                            + other.sectorSize() + " bytes instead of " + sound.get().sectorSize()));
            return Optional.of(table(sound.get(), record, announced, contradictions));
        }
        Optional<GptPair> signed = pairs.stream().filter(pair -> pair.primary().signed()).findFirst();
        if (!announced && signed.isEmpty()) {
            return Optional.empty();
        }
        throw refusal(signed.or(() -> pairs.stream().filter(pair -> pair.backup().signed()).findFirst())
                .orElse(pairs.get(0)));
    }

    private PartitionTableException refusal(GptPair pair) {
        DamagedCopyException primary = pair.primary().damage().orElseThrow();
        return new PartitionTableException(reader.deviceName(), primary.offset(), "both copies of the GPT are damaged: "
                + primary.getMessage() + "; backup: " + pair.backup().damage().orElseThrow().getMessage(),
                "image the disk as a whole; a tool such as gdisk may be able to repair the table");
    }

    private PartitionTable table(GptPair pair, Optional<BootRecord> record, boolean announced, Warnings contradictions) {
        GptCopy used = pair.primary().isSound() ? pair.primary() : pair.backup();
        GptHeader header = used.header().orElseThrow();
        int sectorSize = pair.sectorSize();
        if (!announced) {
            warnings.at(BootRecord.ENTRIES_AT, "there is a GPT, but no entry of type 0xee in the first sector protects it:"
                    + " other systems may show no partitions");
        }
        if (sectorSize != device.sectorSize() && device.info().kind() != DeviceKind.FILE) {
            warnings.at(header.at(), "the GPT counts in sectors of " + sectorSize + " bytes, the device has sectors of "
                    + device.sectorSize() + ": other systems may show no partitions");
        }
        warnOfPair(pair);
        ByteBuffer entries = ByteBuffer.wrap(used.entries()).order(ByteOrder.LITTLE_ENDIAN);
        List<Placed> found = GptEntries.parse(entries, header, sectorSize, warnings);
        Placed.warnOfEnds(found, reader.deviceLength(), warnings);
        Placed.tellOverlaps(found, reader.deviceLength(), contradictions);
        Placed.tellHolders(found, "the first sector of the disk", 0, BootRecord.LENGTH, contradictions);
        tellHolders(found, pair.primary(), contradictions);
        tellHolders(found, pair.backup(), contradictions);
        tellOtherCopy(found, pair, contradictions);
        boolean hybrid = announced && record.orElseThrow().entries().stream()
                .anyMatch(entry -> entry.isUsed() && !entry.isProtective());
        List<Placed> view = hybrid ? MbrReader.view(record.orElseThrow(), sectorSize) : List.of();
        view.forEach(one -> tellOtherView(one, found, contradictions));
        return new PartitionTable(hybrid ? PartitionTableKind.HYBRID : PartitionTableKind.GPT, reader.deviceLength(),
                sectorSize, record.filter(BootRecord::signed).map(BootRecord::diskSignatureText).orElse(""),
                header.diskGuid(), Placed.partitions(found), Placed.partitions(view), Optional.of(copies(pair)),
                warnings.toList(), contradictions.toList());
    }

    private static void tellHolders(List<Placed> found, GptCopy copy, Warnings told) {
        copy.header().filter(header -> copy.isSound()).ifPresent(header -> {
            Placed.tellHolders(found, "a header of the GPT", header.at(), GptHeader.MIN_LENGTH, told);
            Placed.tellHolders(found, "entries of the GPT", header.entriesAt(), header.entriesLength(), told);
        });
    }

    /** Two sound copies may differ in what they say of the disk; where they differ in the partitions, one of them is wrong. */
    private static void tellOtherCopy(List<Placed> found, GptPair pair, Warnings told) {
        if (!pair.primary().isSound() || !pair.backup().isSound()) {
            return;
        }
        GptHeader backup = pair.backup().header().orElseThrow();
        List<Placed> other = GptEntries.parse(ByteBuffer.wrap(pair.backup().entries()).order(ByteOrder.LITTLE_ENDIAN), backup,
                pair.sectorSize(), new Warnings());
        if (!isSame(Placed.partitions(found), Placed.partitions(other))) {
            told.at(backup.at(), "the backup of the GPT tells of other partitions than the primary one");
        }
    }

    private static boolean isSame(List<Partition> one, List<Partition> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = one.get(i).offset() == other.get(i).offset() && one.get(i).length() == other.get(i).length();
        }
        return same;
    }

    /** An entry of a hybrid's boot record shows a partition of the GPT once more, or what no partition of it covers. */
    private static void tellOtherView(Placed entry, List<Placed> found, Warnings told) {
        Partition shown = entry.partition();
        if (MbrFit.isProtective(shown)) {
            return;
        }
        for (Placed one : found) {
            Partition partition = one.partition();
            boolean same = shown.offset() == partition.offset() && shown.length() == partition.length();
            if (!same && shown.offset() < partition.end() && shown.end() > partition.offset()) {
                told.at(entry.at(), "the entry of the boot record (bytes " + shown.offset() + " to " + (shown.end() - 1)
                        + ") covers a part of partition " + partition.number() + " of the GPT (bytes " + partition.offset()
                        + " to " + (partition.end() - 1) + ")");
            }
        }
    }

    private void warnOfPair(GptPair pair) {
        if (!pair.primary().isSound() || !pair.backup().isSound()) {
            return;
        }
        GptHeader primary = pair.primary().header().orElseThrow();
        GptHeader backup = pair.backup().header().orElseThrow();
        if (!primary.agreesWith(backup)) {
            warnings.at(backup.at(), "the two copies of the GPT differ although both are sound: the primary one is used");
        }
        long last = (reader.deviceLength() / pair.sectorSize() - 1) * pair.sectorSize();
        if (backup.at() != last) {
            warnings.at(backup.at(), "the backup of the GPT does not stand in the last sector (byte " + last
                    + "): the disk was made larger, or copied to a larger one");
        }
    }

    private static GptCopies copies(GptPair pair) {
        return new GptCopies(pair.primary().isSound() ? Copy.PRIMARY : Copy.BACKUP,
                pair.primary().damage().map(DamagedCopyException::getMessage),
                pair.backup().damage().map(DamagedCopyException::getMessage));
    }
}
