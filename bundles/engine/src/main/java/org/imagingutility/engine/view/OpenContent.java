package org.imagingutility.engine.view;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.read.OpenImage;

/**
 * What a device consists of, opened: images and files by the numbers that the layout has for them. Read by several threads at once;
 * opened and closed by the keeper.
 *
 * @param layout what lies where
 * @param images the images
 * @param files files that hold bytes as they are
 * @param arrays bytes that were made for the device
 * @param sectorSize bytes of a sector
 * @param identity what tells this content from any other: the same again each time it is opened
 * @param owner closes all of it
 */
record OpenContent(Layout layout, List<OpenImage> images, List<ImageFile> files, List<byte[]> arrays, int sectorSize, String identity,
        ContentKeeper.Kept owner) implements ContentKeeper.Kept {

    @Override
    public void close() throws ImagingException {
        owner.close();
    }
}
