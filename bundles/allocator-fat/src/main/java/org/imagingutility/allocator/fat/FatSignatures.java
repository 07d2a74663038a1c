package org.imagingutility.allocator.fat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.fat.BootSector;
import org.imagingutility.fs.fat.BootSectorCheck;
import org.imagingutility.fs.fat.FatReader;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.FatVolume;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;

/** Says what makes a device look like FAT: all that drivers and libblkid would take, and what it takes to be believed here. */
final class FatSignatures {
    private FatSignatures() {
    }

    /** Returns what stands in the first sector of {@code device} and, where it counts, at the begin of the FATs. */
    static List<Signature> of(Device device) throws ImagingException {
        if (device.length() < BootSector.LENGTH) {
            return List.of();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer sector = reader.read(0, BootSector.LENGTH);
        BootSectorCheck check = new BootSectorCheck(sector);
        Optional<BootSector> boot = BootSector.parse(sector);
        String name = boot.isEmpty() ? "FAT" : FatType.of(boot.get()).name();
        if (boot.isEmpty() || !check.named() && !check.marked()) {
            String flaw = check.nearMiss();
            if (check.named()) {
                return List.of(Signature.named(name, Signature.Kind.FILE_SYSTEM, 0), Signature.nearMiss(name, 0, flaw));
            }
            return !flaw.isEmpty() ? List.of(Signature.nearMiss(name, 0, flaw))
                    : boot.isPresent() && unmarked(device, reader, boot.get()).isPresent()
                            ? List.of(signature(name, boot.get())) : List.of();
        }
        List<Signature> found = new ArrayList<>(List.of(signature(name, boot.get())));
        firstEntryFlaw(device, reader, boot.get(), check.marked()).ifPresent(flaw -> found.add(Signature.nearMiss(name,
                (long) boot.get().reservedSectors() * boot.get().sectorSize(), flaw)));
        return List.copyOf(found);
    }

    private static Signature signature(String name, BootSector boot) {
        return new Signature(new FileSystemInfo(name, "", boot.serial(), 0, 0), Signature.Kind.FILE_SYSTEM, 0);
    }

    /** Returns where everything is on the volume with this boot sector. */
    private static Layout layout(Device device, AlignedReader reader, BootSector boot) throws FileSystemException {
        return Layout.of(boot, device.length(), new Place(reader.deviceName(), 0));
    }

    private static Optional<Layout> unmarked(Device device, AlignedReader reader, BootSector boot) throws ImagingException {
        return FatVolume.unmarked(device, boot, new Place(reader.deviceName(), 0));
    }

    /** Says what is wrong with the first entries of the FATs, if that keeps the volume from being recognised. */
    private static Optional<String> firstEntryFlaw(Device device, AlignedReader reader, BootSector boot, boolean marked)
            throws ImagingException {
        Layout layout;
        try {
            layout = layout(device, reader, boot);
        } catch (FileSystemException told) {
            // recognise ends in this error if the sector is marked
            return marked ? Optional.empty() : Optional.of(told.getMessage());
        }
        FatReader fats = new FatReader(device, layout);
        if (fats.any(0, layout.type()::isFirstEntry)) {
            return marked || unmarked(device, reader, boot).isPresent() ? Optional.empty()
                    : Optional.of("its boot sector has no jump (byte 0) or no 55 AA (byte 510), and the first entries of its"
                            + " FATs do not all fit it");
        }
        return Optional.of(String.format("the FAT at byte %d begins with the entry 0x%X, not with the media byte 0x%02X",
                layout.fatOffsets().get(0), fats.entry(0, 0), boot.media()));
    }
}
