/** Codecs of common compressed formats: gzip, xz, lz4, bzip2, and none. */
module org.imagingutility.codec.compress {
    requires org.imagingutility.api;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.codec.Codec with
            org.imagingutility.codec.compress.Bzip2Codec,
            org.imagingutility.codec.compress.gzip.GzipCodec,
            org.imagingutility.codec.compress.lz4.Lz4Codec,
            org.imagingutility.codec.compress.NoneCodec,
            org.imagingutility.codec.compress.xz.XzCodec;
}
