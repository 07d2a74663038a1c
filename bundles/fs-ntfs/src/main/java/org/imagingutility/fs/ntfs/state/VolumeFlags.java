package org.imagingutility.fs.ntfs.state;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;

/**
 * What the flags of {@code $Volume} mean ({@code VOLUME_FLAGS} in {@code layout.h} of ntfs-3g). Not among them: mounted by
 * Windows NT 4 (0x0008) and modified by chkdsk (0x8000), which stay set on volumes in order.
 */
public final class VolumeFlags {
    private static final int DIRTY = 0x0001;
    private static final int RESIZE_LOG = 0x0002;
    private static final int UPGRADE = 0x0004;
    private static final int DELETE_USN = 0x0010;
    private static final int REPAIR_IDS = 0x0020;
    private static final int CHKDSK = 0x4000;

    private VolumeFlags() {
    }

    /** Returns what {@code flags} say against the volume. */
    public static List<Finding> findings(int flags) {
        List<Finding> findings = new ArrayList<>();
        if (flags < 0) {
            findings.add(new Finding(VolumeCondition.INCONSISTENT, "has no readable record of its state ($Volume)"));
            return findings;
        }
        if ((flags & DIRTY) != 0) {
            findings.add(new Finding(VolumeCondition.DIRTY, "is marked dirty" + shown(flags)));
        }
        add(findings, flags, RESIZE_LOG, "is to have its log resized at the next mount");
        add(findings, flags, UPGRADE, "is to be upgraded at the next mount");
        add(findings, flags, DELETE_USN, "has a change journal that is being deleted");
        add(findings, flags, REPAIR_IDS, "is to have its object ids repaired");
        add(findings, flags, CHKDSK, "is marked as being checked by chkdsk");
        return findings;
    }

    private static void add(List<Finding> findings, int flags, int flag, String evidence) {
        if ((flags & flag) != 0) {
            findings.add(new Finding(VolumeCondition.CHECK_PENDING, evidence + shown(flags)));
        }
    }

    private static String shown(int flags) {
        return String.format(" (flags of $Volume 0x%04X)", flags);
    }
}
