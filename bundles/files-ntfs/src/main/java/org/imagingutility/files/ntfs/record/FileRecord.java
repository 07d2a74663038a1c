package org.imagingutility.files.ntfs.record;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.AttributeList;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.FileName;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * All attributes of a file, also those in further records. Of an attribute in pieces the first one is held, with the sizes; the
 * others are read when they are asked for. An attribute list names 8192 records at most, which bounds what is read. For one thread.
 */
public final class FileRecord {
    private final Volume volume;
    private final Mft mft;
    private final MftRecord base;
    private final List<AttributeList.Entry> list;
    private final List<Attribute> heads;

    private FileRecord(Volume volume, Mft mft, MftRecord base, List<AttributeList.Entry> list, List<Attribute> heads) {
        this.volume = volume;
        this.mft = mft;
        this.base = base;
        this.list = list;
        this.heads = heads;
    }

    /** Reads what belongs to the file with this base record. */
    static FileRecord read(Volume volume, Mft mft, MftRecord base) throws ImagingException {
        Optional<Attribute> attribute = base.find(Attribute.ATTRIBUTE_LIST);
        if (attribute.isEmpty()) {
            return new FileRecord(volume, mft, base, List.of(), base.attributes());
        }
        List<AttributeList.Entry> list = AttributeList.entries(attribute.get(), base, volume);
        List<Attribute> heads = new ArrayList<>();
        Set<Long> seen = new LinkedHashSet<>();
        for (AttributeList.Entry entry : list) {
            if (entry.lowestVcn() == 0 && seen.add(entry.reference())) {
                mft.holder(entry, base).attributes().stream().filter(FileRecord::isHead).forEach(heads::add);
            }
        }
        return new FileRecord(volume, mft, base, list, heads);
    }

    private static boolean isHead(Attribute attribute) {
        return !(attribute instanceof Attribute.NonResident outside) || outside.lowestVcn() == 0;
    }

    /** Returns the base record. */
    public MftRecord base() {
        return base;
    }

    /** Returns the volume it is on. */
    public Volume volume() {
        return volume;
    }

    /** Returns the reference to the file. */
    public long reference() {
        return MftRecord.reference(base.number(), base.sequence());
    }

    /** Returns the attributes of {@code type}, of those in pieces the first piece. */
    public List<Attribute> all(int type) {
        return heads.stream().filter(attribute -> attribute.type() == type).toList();
    }

    /** Returns the attribute of {@code type} that has this name, or none if {@code name} is empty. */
    public Optional<Attribute> find(int type, String name) {
        return heads.stream().filter(attribute -> attribute.type() == type && attribute.name().equals(name)).findFirst();
    }

    /**
     * Returns where the clusters of an attribute are, holes included.
     *
     * @param first its first piece, of which the sizes are checked
     * @param what names it for messages
     */
    public RunList runs(Attribute.NonResident first, String what) throws ImagingException {
        int clusterSize = volume.boot().clusterSize();
        RunList runs = RunList.withHoles(volume.boot().clusterCount(), Long.MAX_VALUE / clusterSize);
        if (list.isEmpty()) {
            runs.append(first, what);
        } else {
            for (AttributeList.Entry entry : list) {
                if (entry.type() == first.type() && entry.name().equals(first.name())) {
                    runs.append(entry.lowestVcn() == 0 ? first : piece(entry), what);
                }
            }
        }
        long clustered = runs.length() * clusterSize;
        if (first.dataSize() < 0 || first.dataSize() > clustered) {
            throw first.place().wrong(Attribute.DATA_SIZE_AT, what + " has " + first.dataSize() + " bytes, its clusters have "
                    + clustered);
        }
        if (first.initialisedSize() < 0 || first.initialisedSize() > first.dataSize()) {
            throw first.place().wrong(Attribute.INITIALISED_SIZE_AT, what + " has " + first.initialisedSize()
                    + " bytes initialised, of " + first.dataSize());
        }
        return runs;
    }

    private Attribute.NonResident piece(AttributeList.Entry entry) throws ImagingException {
        MftRecord holder = mft.holder(entry, base);
        for (Attribute attribute : holder.attributes()) {
            if (attribute.type() == entry.type() && attribute.name().equals(entry.name())
                    && attribute instanceof Attribute.NonResident piece && piece.lowestVcn() == entry.lowestVcn()) {
                return piece;
            }
        }
        throw holder.wrong("has no piece from cluster " + entry.lowestVcn() + " on of an attribute of record " + base.number());
    }

    /** Returns the names of the file that are no made-up short ones. */
    public List<NameValue> names() {
        List<NameValue> names = new ArrayList<>();
        for (Attribute attribute : all(Attribute.FILE_NAME)) {
            if (attribute instanceof Attribute.Resident resident) {
                NameValue.parse(resident.value(), 0, resident.value().limit()).filter(name -> !name.dos()).ifPresent(names::add);
            }
        }
        return names;
    }

    /** Returns times and flags. */
    public StandardInformation information() {
        return find(Attribute.STANDARD_INFORMATION, "").map(StandardInformation::of).orElse(StandardInformation.NONE);
    }

    /** Names the file for messages. */
    public String shown() {
        return FileName.of(base)
                .map(name -> "\"" + name.name() + "\" (record " + base.number() + " of $MFT)")
                .orElse("record " + base.number() + " of $MFT");
    }
}
