package org.imagingutility.files.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.MappingPairs;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.MftRecord;
import org.imagingutility.fs.ntfs.structure.Place;

/** Changes single fields of a volume. */
final class Damage {
    private final ByteBuffer bytes;
    private final Mft mft;

    /** Changes {@code bytes}. */
    Damage(byte[] bytes) throws ImagingException {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        AlignedReader reader = new AlignedReader(Volumes.device(bytes));
        Place start = Place.start("volume", null);
        BootSector boot = BootSector.parse(reader.read(0, BootSector.LENGTH), bytes.length, start);
        mft = Mft.open(new Volume(reader, boot, start));
    }

    /** Returns the offset on the volume of record {@code number}. */
    int record(long number) throws ImagingException {
        return (int) mft.readBase(number).place().toDevice().applyAsLong(0);
    }

    /** Returns the offset of an attribute. */
    int attribute(long number, int type, String name) throws ImagingException {
        return (int) find(number, type, name).place().toDevice().applyAsLong(0);
    }

    private Attribute find(long number, int type, String name) throws ImagingException {
        MftRecord record = mft.readBase(number);
        return record.attributes().stream().filter(each -> each.type() == type && each.name().equals(name)).findFirst().orElseThrow();
    }

    /** Returns the offset of the first cluster of a value. */
    int content(long number, int type, String name, int clusterSize) throws ImagingException {
        Attribute.NonResident outside = (Attribute.NonResident) find(number, type, name);
        MappingPairs pairs = new MappingPairs(outside, "test");
        if (!pairs.next()) {
            throw new IllegalArgumentException("record " + number + " has no clusters");
        }
        return (int) pairs.lcn() * clusterSize;
    }

    /** Returns the bytes, to be changed anywhere. */
    ByteBuffer bytes() {
        return bytes;
    }
}
