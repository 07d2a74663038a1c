/** Reads partition tables: MBR, GPT and hybrids of both. */
module org.imagingutility.disk {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.partition.PartitionTableReader with org.imagingutility.disk.MbrGptReader;
}
