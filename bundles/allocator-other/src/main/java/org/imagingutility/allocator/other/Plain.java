package org.imagingutility.allocator.other;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.api.allocator.Signature.Kind;
import org.imagingutility.api.error.ImagingException;

/**
 * What is known by bytes at a place alone. Places, marks and kinds are those of libblkid (util-linux,
 * libblkid/src/superblocks, the file is named at the end of each line).
 *
 * @param name what it is
 * @param kind what it says of the rest
 * @param at where the bytes stand
 * @param bytes one for each character
 * @param label where a label stands, in UTF-8; 0 if there is none
 * @param labelLength its bytes
 * @param uuid where a UUID stands; 0 if there is none
 */
record Plain(String name, Kind kind, long at, String bytes, long label, int labelLength, long uuid) {
    private static final int KIB = 1024;
    private static final int MIB = 1 << 20;

    private static final List<Plain> CONTAINERS = List.of(
            container("DRBD management volume", 0, "$DRBDmgr=q"), // drbdmanage.c
            container("LVM snapshot store", 0, "SnAp"), // lvm.c
            container("dm-verity hash device", 0, "verity\0\0\1\0\0\0"), // lvm.c
            container("dm-integrity device", 0, "integrt\0"), // lvm.c
            container("VMFS volume member", MIB, "\r\u00D0\1\u00C0"), // vmfs.c
            container("UBI device", 0, "UBI#"), // ubi.c
            container("VDO volume", 0, "dmvdo001"), // vdo.c
            container("Stratis member", 512 + 4, "!Stra0tis\u0086\u00FF\2^Arh"), // stratis.c
            container("Stratis member", 9 * 512 + 4, "!Stra0tis\u0086\u00FF\2^Arh"), // stratis.c
            container("Ceph BlueStore device", 0, "bluestore block device")); // bluestore.c

    private static final List<Plain> OTHERS = List.of(
            new Plain("Oracle ASM disk", Kind.FILE_SYSTEM, 32, "ORCLDISK", 40, 24, 0), // ocfs.c
            plain("DRBD proxy log", 0, "DRBDdlh*"), // drbdproxy_datalog.c
            plain("EXFS", 0, "EXFS"), // exfs.c
            plain("mpool device", 0, "mpoolDev"), // mpool.c
            plain("ReFS", 0, "\0\0\0ReFS\0"), // refs.c
            new Plain("reiser4", Kind.FILE_SYSTEM, 64 * KIB, "ReIsEr4", 64 * KIB + 36, 16, 64 * KIB + 20), // reiserfs.c
            new Plain("cramfs", Kind.FILE_SYSTEM, 0, "E=\u00CD(", 48, 16, 0), // cramfs.c
            new Plain("cramfs", Kind.FILE_SYSTEM, 0, "(\u00CD=E", 48, 16, 0), // cramfs.c
            new Plain("romfs", Kind.FILE_SYSTEM, 0, "-rom1fs-", 16, 16, 0), // romfs.c
            plain("OCFS", 8 * KIB, "OracleCFS"), // ocfs.c
            ocfs2(KIB), ocfs2(2 * KIB), ocfs2(4 * KIB), ocfs2(8 * KIB),
            plain("VxFS", KIB, "\u00F5\u00FC\1\u00A5"), // vxfs.c
            plain("VxFS", 8 * KIB, "\u00A5\1\u00FC\u00F5"), // vxfs.c
            plain("NetWare", 4 * KIB, "SPB5"), // netware.c
            plain("UBIFS", 0, "1\u0018\u0010\6"), // ubifs.c
            plain("BFS", 0, "\u00CE\u00FA\u00AD\u001B"), // bfs.c
            plain("BeFS", 32, "BFS1"), plain("BeFS", 32, "1SFB"), // befs.c
            plain("BeFS", 512 + 32, "BFS1"), plain("BeFS", 512 + 32, "1SFB"), // befs.c
            plain("Xenix", 2 * KIB, "+UD"), plain("Xenix", 2 * KIB, "DU+"), // sysv.c
            new Plain("VMFS", Kind.FILE_SYSTEM, 2 * MIB, "\u005E\u00F1\u00AB\u002F", 2 * MIB + 29, 128, 0), // vmfs.c
            new Plain("zonefs", Kind.FILE_SYSTEM, 0, "SFOZ", 0, 0, 0)); // zonefs.c

    private static Plain container(String name, long at, String bytes) {
        return new Plain(name, Kind.CONTAINER, at, bytes, 0, 0, 0);
    }

    private static Plain plain(String name, long at, String bytes) {
        return new Plain(name, Kind.FILE_SYSTEM, at, bytes, 0, 0, 0);
    }

    /** ocfs.c: struct ocfs2_super_block. */
    private static Plain ocfs2(long at) {
        return new Plain("OCFS2", Kind.FILE_SYSTEM, at, "OCFSV2", at + 272, 64, at + 336);
    }

    /** Looks for members of volume managers and what is encrypted. */
    static void findContainers(DeviceBytes device, Found found) throws ImagingException {
        find(CONTAINERS, device, found);
    }

    /** Looks for file systems. */
    static void findFileSystems(DeviceBytes device, Found found) throws ImagingException {
        find(OTHERS, device, found);
    }

    private static void find(List<Plain> all, DeviceBytes device, Found found) throws ImagingException {
        for (Plain each : all) {
            if (device.says(each.at, each.bytes)) {
                found.add(each.name, each.kind, each.at,
                        each.label == 0 ? "" : device.text(each.label, each.labelLength, StandardCharsets.UTF_8),
                        each.uuid == 0 ? "" : device.uuid(each.uuid));
            }
        }
    }
}
