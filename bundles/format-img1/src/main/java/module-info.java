/** Reads images of the C# tool. */
module org.imagingutility.format.img1 {
    requires org.imagingutility.api;
    requires com.github.luben.zstd_jni;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.container.ContainerFormat with org.imagingutility.format.img1.Img1Format;
    provides org.imagingutility.api.codec.Codec with org.imagingutility.format.img1.StoredCodec;
}
