import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobListener;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.StandaloneEngine;
import org.imagingutility.engine.StandaloneJobs;

/** The pipeline and the jobs. */
module org.imagingutility.engine {
    requires com.fasterxml.jackson.core;
    requires org.imagingutility.api;
    // files are extracted on Linux by its calls; without it (--add-modules com.sun.jna) by what Java has
    requires static com.sun.jna;
    requires static org.osgi.service.component.annotations;
    requires static osgi.core;

    uses Allocator;
    uses Codec;
    uses ContainerFormat;
    uses DeviceProvider;
    uses ImageStore;
    uses JobListener;
    uses PartitionTableReader;
    uses VirtualDiskFormat;
    uses SetFormat;
    uses SnapshotProvider;
    uses BlockServer;
    uses FileServer;
    uses FileSystemReader;
    uses BlobStoreProvider;
    provides ImagingService with StandaloneEngine;
    provides JobService with StandaloneJobs;
}
