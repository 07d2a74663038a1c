/** Freezes Windows volumes by the Volume Shadow Copy Service. */
module org.imagingutility.snapshot.vss {
    requires org.imagingutility.api;
    // names of volumes
    requires org.imagingutility.windows.io;
    // calls of COM
    requires com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.service.component.annotations;

    // JNA reads the fields of a GUID
    opens org.imagingutility.snapshot.vss.com to com.sun.jna;

    provides org.imagingutility.api.snapshot.SnapshotProvider with org.imagingutility.snapshot.vss.VssSnapshots;
}
