package org.imagingutility.files.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.state.HibernationFile;
import org.imagingutility.fs.ntfs.state.LogFile;
import org.imagingutility.fs.ntfs.state.VolumeFlags;
import org.imagingutility.fs.ntfs.structure.VolumeFacts;

/**
 * What is known of a volume as a whole.
 *
 * @param info name, label and sizes
 * @param warnings in what state it was left, if that was not in order
 */
record NtfsVolume(FileSystemInfo info, List<String> warnings) {
    private static final long RECORD = 3;

    /** Reads what the volume says of itself; what cannot be read is not known. */
    static NtfsVolume read(Volume volume, Mft mft) throws ImagingException {
        VolumeFacts facts = facts(mft);
        List<Finding> findings = new ArrayList<>(VolumeFlags.findings(facts.flags()));
        LogFile.finding(mft, volume).ifPresent(findings::add);
        HibernationFile.finding(mft, volume).ifPresent(findings::add);
        FileSystemInfo info = new FileSystemInfo(facts.fileSystem(), facts.label(), String.format("%016X", volume.boot().serial()),
                volume.boot().clusterSize(), volume.boot().clusterCount());
        return new NtfsVolume(info, findings.stream().map(finding -> "the volume " + finding.evidence()
                + ": what was written last may be missing, or not fit the rest").toList());
    }

    private static VolumeFacts facts(Mft mft) throws ImagingException {
        try {
            return VolumeFacts.of(mft.readBase(RECORD));
        } catch (FileSystemException | DeviceException unreadable) {
            return VolumeFacts.UNKNOWN;
        }
    }
}
