package org.imagingutility.fs.ntfs.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.DirectoryIndex;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * Whether Windows sleeps on the volume: what {@code hiberfil.sys} in the root directory begins with. Windows up to 7 writes
 * {@code hibr}, later ones {@code HIBR}, also for a fast start-up ({@code ntfs_volume_check_hiberfile} of ntfs-3g); when it
 * has woken up, {@code wake}, or {@code RSTR} while it does.
 */
public final class HibernationFile {
    private static final long ROOT = 5;
    private static final String NAME = "hiberfil.sys";
    private final Mft mft;
    private final Volume volume;

    private HibernationFile(Mft mft, Volume volume) {
        this.mft = mft;
        this.volume = volume;
    }

    /** Returns what the file says against the volume; nothing if there is none, or none can be found. */
    public static Optional<Finding> finding(Mft mft, Volume volume) throws ImagingException {
        try {
            HibernationFile file = new HibernationFile(mft, volume);
            List<DirectoryIndex.Entry> found = new DirectoryIndex(mft, volume, ROOT).find(NAME::equalsIgnoreCase, 1);
            return found.isEmpty() ? Optional.empty() : file.look(MftRecord.numberIn(found.get(0).reference()));
        } catch (FileSystemException | DeviceException unreadable) {
            return Optional.of(new Finding(VolumeCondition.INCONSISTENT,
                    "may be hibernated, which cannot be told: " + unreadable.getMessage()));
        }
    }

    private Optional<Finding> look(long number) throws ImagingException {
        MftRecord record = mft.readBase(number);
        if (record.find(Attribute.DATA).filter(Attribute.Resident.class::isInstance).isPresent()) {
            // a few bytes at most: no memory of a computer
            return Optional.empty();
        }
        // its sizes may lag behind; its first cluster is where it always was
        DataStream data = volume.stream(mft.stream(record, Attribute.DATA, "", NAME).runs());
        String mark = new String(data.read(volume.reader(), 0, Integer.BYTES), StandardCharsets.ISO_8859_1);
        return switch (mark) {
            case "hibr", "HIBR" -> Optional.of(new Finding(VolumeCondition.HIBERNATED,
                    "has a hibernated Windows on it (" + NAME + " begins with \"" + mark + "\")"));
            case "wake", "WAKE", "rstr", "RSTR" -> Optional.of(new Finding(VolumeCondition.DIRTY,
                    "has a Windows on it that was woken from hibernation and may not have been shut down since (" + NAME
                            + " begins with \"" + mark + "\")"));
            default -> Optional.empty();
        };
    }
}
