package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;
import org.osgi.service.component.annotations.Component;

/** Reads files of ext2, ext3 and ext4. Safe for use by several threads. */
@Component
public final class ExtReader implements FileSystemReader {

    /** Creates the reader. */
    public ExtReader() {
    }

    @Override
    public String name() {
        return "ext";
    }

    @Override
    public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
        if (volume.length() < Superblock.OFFSET + Superblock.LENGTH) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Superblock.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        volume.read(Superblock.OFFSET, bytes);
        bytes.flip();
        Place place = new Place(volume.info().reference(), Superblock.OFFSET, null);
        if (!Superblock.isExt(bytes) || Superblock.flaw(bytes, place).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new ExtTree(new Volume(volume, Superblock.parse(bytes, volume.length(), place))));
    }
}
