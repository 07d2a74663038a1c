/** Serves images as block devices to NBD clients. */
module org.imagingutility.serve.nbd {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.serve.BlockServer with org.imagingutility.serve.nbd.NbdServer;
}
