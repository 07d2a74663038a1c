package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.store.ImageFile;

/** A fixed VHD: the disk as it is, and the footer ("Fixed Hard Disk Image"). The file is sparse where the store can do that. */
final class FixedVhd extends BlockDisk {
    private static final long ONE_BLOCK = 1L << 41;
    private final VirtualDiskSpec spec;

    FixedVhd(ImageFile file, VirtualDiskSpec spec) {
        super(file, spec, VhdFooter.SECTOR, ONE_BLOCK);
        this.spec = spec;
    }

    @Override
    public List<String> notes() {
        return VhdFooter.notes(spec);
    }

    @Override
    void put(long offset, ByteBuffer piece) throws ImagingException {
        file().write(offset, piece);
    }

    @Override
    void complete() throws ImagingException {
        file().write(diskLength(), VhdFooter.of(spec, diskLength(), VhdFooter.FIXED, -1));
    }
}
