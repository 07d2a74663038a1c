package org.imagingutility.export.disk;

import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.store.ImageFile;
import org.osgi.service.component.annotations.Component;

/** Fixed VHD disks. Has no state. */
@Component
public final class FixedVhdFormat implements VirtualDiskFormat {

    /** Creates the format. */
    public FixedVhdFormat() {
    }

    @Override
    public String name() {
        return "vhd-fixed";
    }

    @Override
    public long maxDiskLength() {
        return VhdFooter.MAX_DISK_LENGTH;
    }

    @Override
    public VirtualDiskWriter create(ImageFile file, VirtualDiskSpec spec) {
        return new FixedVhd(file, spec);
    }
}
