package org.imagingutility.export.disk;

import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.store.ImageFile;
import org.osgi.service.component.annotations.Component;

/** Dynamic VHD disks. Has no state. */
@Component
public final class DynamicVhdFormat implements VirtualDiskFormat {

    /** Creates the format. */
    public DynamicVhdFormat() {
    }

    @Override
    public String name() {
        return "vhd";
    }

    @Override
    public long maxDiskLength() {
        return VhdFooter.MAX_DISK_LENGTH;
    }

    @Override
    public VirtualDiskWriter create(ImageFile file, VirtualDiskSpec spec) {
        return new DynamicVhd(file, spec);
    }
}
