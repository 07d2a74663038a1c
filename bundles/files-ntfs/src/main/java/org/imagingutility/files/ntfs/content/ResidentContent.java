package org.imagingutility.files.ntfs.content;

import java.nio.ByteBuffer;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;

/** A value that stands in its record. */
final class ResidentContent extends StoredContent {
    private final Attribute.Resident attribute;

    ResidentContent(Attribute.Resident attribute) {
        super(attribute.value().limit());
        this.attribute = attribute;
    }

    @Override
    protected void fill(long offset, ByteBuffer target) {
        target.put(attribute.value().slice((int) offset, target.remaining()));
    }

    @Override
    public Place place(long position) {
        return attribute.place().from(attribute.valueAt() + position);
    }
}
