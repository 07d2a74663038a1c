package org.imagingutility.export.disk;

import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.store.ImageFile;
import org.osgi.service.component.annotations.Component;

/** Dynamic VHDX disks. Has no state. */
@Component
public final class VhdxFormat implements VirtualDiskFormat {

    /** Creates the format. */
    public VhdxFormat() {
    }

    @Override
    public String name() {
        return "vhdx";
    }

    @Override
    public long maxDiskLength() {
        return Vhdx.MAX_DISK_LENGTH;
    }

    @Override
    public VirtualDiskWriter create(ImageFile file, VirtualDiskSpec spec) {
        return new Vhdx(file, spec);
    }
}
