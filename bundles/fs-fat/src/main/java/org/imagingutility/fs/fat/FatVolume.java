package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * A volume that is taken for FAT.
 *
 * @param boot what its boot sector says
 * @param layout where everything is
 * @param fats its FATs; for one thread
 */
public record FatVolume(BootSector boot, Layout layout, FatReader fats) {

    /**
     * Recognises FAT: the fields of the boot sector are all in range, and a FAT begins with a media byte where they say; if the boot sector has
     * neither jump nor 55 AA, which Linux does not ask for, all FATs must fit it.
     *
     * @param begin the begin of the device, for errors
     * @return empty if it is none
     * @throws FileSystemException if it is, but its measures contradict each other
     */
    public static Optional<FatVolume> recognise(Device device, Place begin) throws ImagingException {
        if (device.length() < BootSector.LENGTH) {
            return Optional.empty();
        }
        ByteBuffer sector = new AlignedReader(device).read(0, BootSector.LENGTH);
        boolean marked = new BootSectorCheck(sector).marked();
        Optional<BootSector> boot = BootSector.parse(sector);
        if (boot.isEmpty()) {
            return Optional.empty();
        }
        Optional<Layout> layout = marked ? Optional.of(Layout.of(boot.get(), device.length(), begin)) : unmarked(device, boot.get(), begin);
        if (layout.isEmpty()) {
            return Optional.empty();
        }
        FatReader fats = new FatReader(device, layout.get());
        // a boot sector alone may be left over from an older file system
        return fats.any(0, layout.get().type()::isFirstEntry) ? Optional.of(new FatVolume(boot.get(), layout.get(), fats)) : Optional.empty();
    }

    /**
     * Returns the layout of a volume whose boot sector lacks the jump or 55 AA, if all that can be compared fits: the FATs lie
     * in the volume, and each of them begins with the media byte of the boot sector and the mark of an end. What fits in part
     * is not FAT, so no error comes of it.
     */
    public static Optional<Layout> unmarked(Device device, BootSector boot, Place begin) throws ImagingException {
        Layout layout;
        try {
            layout = Layout.of(boot, device.length(), begin);
        } catch (FileSystemException notFat) {
            return Optional.empty();
        }
        FatReader fats = new FatReader(device, layout);
        FatType type = layout.type();
        for (int fat = 0; fat < layout.fatOffsets().size(); fat++) {
            int first = fats.entry(fat, 0);
            if (!type.isFirstEntry(first) || (first & 0xFF) != boot.media() || !type.isSecondEntry(fats.entry(fat, 1))) {
                return Optional.empty();
            }
        }
        return Optional.of(layout);
    }

    /** Says whether a driver noted that the volume was not unmounted in order. */
    public boolean isDirty() throws ImagingException {
        return boot.dirty() || fats.any(1, entry -> !layout.type().isClean(entry));
    }

    /** Says whether a driver noted errors of the medium. */
    public boolean hadErrors() throws ImagingException {
        return fats.any(1, entry -> !layout.type().isFreeOfErrors(entry));
    }
}
