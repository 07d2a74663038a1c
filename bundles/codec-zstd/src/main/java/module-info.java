/** The default codec, by zstd-jni. */
module org.imagingutility.codec.zstd {
    requires org.imagingutility.api;
    requires com.github.luben.zstd_jni;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.codec.Codec with org.imagingutility.codec.zstd.ZstdCodec;
}
