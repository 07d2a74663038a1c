/** Reads partition tables (MBR, GPT and hybrids of both) and the manifests of backup sets, which it writes as well. */
module org.imagingutility.disk {
    requires org.imagingutility.api;
    requires com.fasterxml.jackson.core;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.backup.SetFormat with org.imagingutility.disk.manifest.ManifestFormat;
    provides org.imagingutility.api.partition.PartitionTableReader with org.imagingutility.disk.MbrGptReader;
}
