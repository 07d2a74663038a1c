/** Freezes raw image files on file systems that share blocks between files (btrfs, XFS). */
module org.imagingutility.snapshot.reflink {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.snapshot.SnapshotProvider with org.imagingutility.snapshot.reflink.ReflinkSnapshots;
}
