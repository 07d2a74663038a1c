package org.imagingutility.allocator.ntfs.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.AttributeList;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.FileName;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * Finds the paths of files by following the references from each to the directory it stands in. Remembers the
 * directories met last. For one thread.
 */
public final class FilePaths {
    /** Record of the root directory. */
    static final long ROOT = 5;
    /** Windows takes no longer path. */
    public static final int MAX_PATH = 32_767;

    private static final String SEPARATOR = "\\";
    private static final String UNKNOWN = "?";
    /** Records below are the system's; what stands in the root directory is called {@code $Bitmap}, not {@code \$Bitmap}. */
    private static final long SYSTEM_RECORDS = 16;
    /** Sequence number of a record that is not in use, or no base record; no reference has it. */
    private static final int NO_FILE = -1;
    private static final int MAX_DEPTH = 1024;
    private static final int MAX_REMEMBERED = 8192;
    /** Most records that are read: a volume that was made to be slow ends here. */
    private static final int MAX_READS = 1 << 20;
    /** For how many a list counts, which may be as long as 256 records. */
    private static final int READS_OF_A_LIST = 256;
    /** What the system's files are called on every volume, by number of their record; the root directory has no name. */
    private static final List<String> SYSTEM_FILES = List.of("$MFT", "$MFTMirr", "$LogFile", "$Volume", "$AttrDef",
            SEPARATOR, "$Bitmap", "$Boot", "$BadClus", "$Secure", "$UpCase", "$Extend");

    private final Volume volume;
    private final MftTable table;
    private final Map<Long, Optional<Node>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<Node>> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private int reads;

    /** Creates an object that reads records of {@code table}. */
    FilePaths(Volume volume, MftTable table) {
        this.volume = volume;
        this.table = table;
    }

    /** A record that could be read. */
    private record Node(int sequence, Optional<FileName> name) {
    }

    /** Returns what a record is called that cannot be read. */
    static String ofLost(long number) {
        return number < SYSTEM_FILES.size() ? SYSTEM_FILES.get((int) number) : "$MFT record " + number;
    }

    /** Returns the path of a file; empty if its base record says that this file is no more. */
    Optional<String> of(TouchedRecord file) throws ImagingException {
        long number = MftRecord.numberIn(file.reference());
        Optional<FileName> name = file.name();
        if (!file.baseSeen() || name.isEmpty()) {
            Optional<Node> base = node(number);
            if (base.isPresent() && base.get().sequence() != MftRecord.sequenceIn(file.reference())) {
                return Optional.empty();
            }
            name = name.or(() -> base.flatMap(Node::name));
        }
        if (number == ROOT || name.isEmpty()) {
            return Optional.of(ofLost(number));
        }
        return Optional.of(path(number, name.get()));
    }

    private String path(long number, FileName name) throws ImagingException {
        Deque<String> names = new ArrayDeque<>();
        names.push(name.name());
        int length = name.name().length() + 1;
        long top = number;
        long parent = name.parent();
        while (MftRecord.numberIn(parent) != ROOT) {
            Optional<Node> node = node(MftRecord.numberIn(parent));
            if (node.isEmpty() || node.get().sequence() != MftRecord.sequenceIn(parent)
                    || node.get().name().isEmpty() || names.size() == MAX_DEPTH) {
                return UNKNOWN + SEPARATOR + String.join(SEPARATOR, names);
            }
            FileName next = node.get().name().get();
            length += next.name().length() + 1;
            if (length > MAX_PATH) {
                return UNKNOWN + SEPARATOR + String.join(SEPARATOR, names);
            }
            names.push(next.name());
            top = MftRecord.numberIn(parent);
            parent = next.parent();
        }
        return (top < SYSTEM_RECORDS ? "" : SEPARATOR) + String.join(SEPARATOR, names);
    }

    private Optional<Node> node(long number) throws ImagingException {
        Optional<Node> known = remembered.get(number);
        if (known == null) {
            known = read(number);
            remembered.put(number, known);
        }
        return known;
    }

    private Optional<Node> read(long number) throws ImagingException {
        if (number >= table.recordCount() || reads++ >= MAX_READS) {
            return Optional.empty();
        }
        try {
            MftRecord record = readRecord(number);
            if (record == null || record.baseReference() != 0) {
                return Optional.of(new Node(NO_FILE, Optional.empty()));
            }
            Optional<FileName> name = FileName.of(record);
            return Optional.of(new Node(record.sequence(), name.isPresent() ? name : nameElsewhere(record)));
        } catch (FileSystemException | DeviceException unreadable) {
            return Optional.empty();
        }
    }

    /** Looks for a name in the records that extend {@code base}. */
    private Optional<FileName> nameElsewhere(MftRecord base) throws ImagingException {
        Optional<FileName> found = Optional.empty();
        Optional<Attribute> list = base.find(Attribute.ATTRIBUTE_LIST);
        if (list.isPresent()) {
            long self = MftRecord.reference(base.number(), base.sequence());
            reads += READS_OF_A_LIST;
            for (AttributeList.Entry entry : AttributeList.entries(list.get(), base, volume)) {
                long holder = MftRecord.numberIn(entry.reference());
                if (found.isEmpty() && entry.type() == Attribute.FILE_NAME && holder < table.recordCount()
                        && reads++ < MAX_READS) {
                    MftRecord record = readRecord(holder);
                    found = record != null && record.baseReference() == self ? FileName.of(record) : found;
                }
            }
        }
        return found;
    }

    /** Returns null if the record is there but not in use. */
    private MftRecord readRecord(long number) throws ImagingException {
        long position = table.position(number);
        byte[] bytes = table.stream().read(volume.reader(), position, table.recordSize());
        if (MftRecord.isRecord(bytes, 0) && !MftRecord.isInUse(bytes, 0)) {
            return null;
        }
        return MftRecord.parse(bytes, number, table.stream().place(position));
    }
}
