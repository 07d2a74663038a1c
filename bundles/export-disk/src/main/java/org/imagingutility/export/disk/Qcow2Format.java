package org.imagingutility.export.disk;

import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.store.ImageFile;
import org.osgi.service.component.annotations.Component;

/** qcow2 disks. Has no state. */
@Component
public final class Qcow2Format implements VirtualDiskFormat {

    /** Creates the format. */
    public Qcow2Format() {
    }

    @Override
    public String name() {
        return "qcow2";
    }

    @Override
    public long maxDiskLength() {
        return Qcow2.MAX_DISK_LENGTH;
    }

    @Override
    public VirtualDiskWriter create(ImageFile file, VirtualDiskSpec spec) {
        return new Qcow2(file, spec);
    }
}
