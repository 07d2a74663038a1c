/** A codec plug-in for ImagingUtility, as an example. */
module com.example.imaging.codec.deflate {
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.codec.Codec with com.example.imaging.codec.deflate.DeflateCodec;
}
