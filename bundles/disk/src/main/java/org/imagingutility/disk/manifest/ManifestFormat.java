package org.imagingutility.disk.manifest;

import java.nio.ByteBuffer;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Component;

/** Reads manifests of versions 1 (the C# tool), 2 (0.1.0) and 3, writes version 3. Safe for use by several threads. */
@Component
public final class ManifestFormat implements SetFormat {
    private static final String MANIFEST = "backup.manifest.json";

    /** Creates the format. */
    public ManifestFormat() {
    }

    @Override
    public String name() {
        return "manifest-json";
    }

    @Override
    public String manifestName() {
        return MANIFEST;
    }

    @Override
    public BackupManifest read(String reference, ByteBuffer content) throws ImagingException {
        if (content.remaining() > MAX_LENGTH) {
            throw new ImageFormatException(reference, -1, "has " + content.remaining() + " bytes, a manifest has at most "
                    + MAX_LENGTH, "check that this is the manifest of a backup set");
        }
        byte[] bytes = bytes(content);
        try {
            return read(bytes);
        } catch (BadManifestException e) {
            throw new ImageFormatException(reference, e.offset(), e.getMessage(),
                    "check that this is the manifest of a backup set, unchanged");
        }
    }

    /** Returns the bytes, without a copy where they are an array already: a manifest may be a good part of the memory. */
    private static byte[] bytes(ByteBuffer content) {
        if (content.hasArray() && content.arrayOffset() == 0 && content.position() == 0
                && content.limit() == content.array().length) {
            return content.array();
        }
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public ByteBuffer write(BackupManifest manifest) {
        byte[] bytes = SelfDigest.sealed(ManifestWriter.write(manifest));
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("the manifest would have " + bytes.length + " bytes, one that can be read has at most "
                    + MAX_LENGTH);
        }
        try {
            read(bytes);
        } catch (BadManifestException e) {
            throw new IllegalArgumentException("the manifest could not be read again: " + e.getMessage(), e);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static BackupManifest read(byte[] bytes) throws BadManifestException {
        Fields top = JsonTree.parse(bytes);
        BackupManifest manifest = new ManifestReader(MANIFEST).read(top);
        if (top.text(SelfDigest.FIELD).isPresent()) {
            SelfDigest.check(bytes);
        }
        // what was changed by accident is said to be that
        ManifestReader.checkAllThere(manifest);
        return manifest;
    }
}
