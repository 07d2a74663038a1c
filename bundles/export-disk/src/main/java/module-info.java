/** Writes images as VHD, VHDX and qcow2 disks. */
module org.imagingutility.export.disk {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.export.VirtualDiskFormat with org.imagingutility.export.disk.DynamicVhdFormat,
            org.imagingutility.export.disk.FixedVhdFormat, org.imagingutility.export.disk.VhdxFormat,
            org.imagingutility.export.disk.Qcow2Format;
}
