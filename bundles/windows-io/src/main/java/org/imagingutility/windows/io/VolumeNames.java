package org.imagingutility.windows.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names of volumes: the one that lasts, {@code \\?\Volume{GUID}\}, and the drive letters and folders it is mounted at. Names and
 * mount points end with a backslash, as Windows has them. For several threads at once.
 */
public final class VolumeNames {
    /** {@code MAX_PATH}; a volume name takes 50. */
    private static final int NAME_CHARACTERS = 261;
    private static final int PATH_CHARACTERS = 32_768;
    private static final int MOST_PATHS = 1 << 20;

    private final Kernel32 kernel;

    /** Creates the names of a system. */
    public VolumeNames(Kernel32 kernel) {
        this.kernel = kernel;
    }

    /** Returns all volumes, by their lasting names. */
    public List<String> all() throws WindowsException {
        NativeBuffer name = NativeBuffer.ofText(kernel, NAME_CHARACTERS);
        List<String> names = new ArrayList<>();
        long search = kernel.FindFirstVolumeW(name.address(), name.characters());
        if (search == Kernel32.INVALID_HANDLE_VALUE) {
            return none("FindFirstVolumeW");
        }
        try {
            do {
                names.add(name.text());
            } while (kernel.FindNextVolumeW(search, name.address(), name.characters()) != 0);
            none("FindNextVolumeW");
        } finally {
            kernel.FindVolumeClose(search);
            name.keep();
        }
        return names;
    }

    private List<String> none(String function) throws WindowsException {
        if (kernel.lastError() != ErrorCode.NO_MORE_FILES) {
            throw WindowsException.last(kernel, function);
        }
        return List.of();
    }

    /**
     * Returns the lasting name of what is mounted at a mount point; empty if there is no volume (a share, a folder, nothing).
     *
     * @param mountPoint {@code C:\}, {@code C:\mnt\}, or a lasting name; a backslash at its end is added where there is none
     */
    public Optional<String> mountedAt(String mountPoint) {
        NativeBuffer name = NativeBuffer.ofText(kernel, NAME_CHARACTERS);
        int done = kernel.GetVolumeNameForVolumeMountPointW(WideText.bytes(withBackslash(mountPoint)), name.address(),
                name.characters());
        Optional<String> found = done == 0 ? Optional.empty() : Optional.of(name.text());
        name.keep();
        return found;
    }

    /** Returns the mount point of the volume that a path is on: {@code C:\} for {@code C:\Windows}. */
    public String mountPointOf(String path) throws WindowsException {
        NativeBuffer mountPoint = NativeBuffer.ofText(kernel, PATH_CHARACTERS);
        if (kernel.GetVolumePathNameW(WideText.bytes(path), mountPoint.address(), mountPoint.characters()) == 0) {
            throw WindowsException.last(kernel, "GetVolumePathNameW");
        }
        String found = mountPoint.text();
        mountPoint.keep();
        return found;
    }

    /** Returns where a volume is mounted, drive letters first; empty if nowhere. */
    public List<String> mountPoints(String volume) throws WindowsException {
        NativeBuffer needed = NativeBuffer.of(kernel, Long.BYTES);
        int characters = NAME_CHARACTERS;
        while (true) {
            NativeBuffer paths = NativeBuffer.ofText(kernel, characters);
            int done = kernel.GetVolumePathNamesForVolumeNameW(WideText.bytes(withBackslash(volume)), paths.address(), characters,
                    needed.address());
            if (done != 0) {
                List<String> found = new ArrayList<>(WideText.texts(paths.bytes()));
                found.sort((one, other) -> one.length() != other.length() ? one.length() - other.length() : one.compareTo(other));
                paths.keep();
                return found;
            }
            WindowsException e = WindowsException.last(kernel, "GetVolumePathNamesForVolumeNameW");
            int wanted = needed.bytes().getInt(0);
            if (e.code() != ErrorCode.MORE_DATA || wanted <= characters || wanted > MOST_PATHS) {
                throw e;
            }
            characters = wanted;
        }
    }

    /**
     * Returns what a name of DOS stands for, {@code \Device\HarddiskVolume3} for {@code C:}; empty if there is no such name.
     *
     * @param name without {@code \\.\} and without a backslash at its end
     */
    public Optional<String> ntName(String name) {
        NativeBuffer target = NativeBuffer.ofText(kernel, PATH_CHARACTERS);
        int length = kernel.QueryDosDeviceW(WideText.bytes(name), target.address(), target.characters());
        Optional<String> found = length == 0 ? Optional.empty() : Optional.of(target.text());
        target.keep();
        return found;
    }

    /** Returns all names of DOS: {@code C:}, {@code PhysicalDrive0}, {@code Volume{…}} and many others, in no order. */
    public List<String> dosNames() throws WindowsException {
        for (int characters = PATH_CHARACTERS;; characters *= 2) {
            NativeBuffer names = NativeBuffer.ofText(kernel, characters);
            if (kernel.QueryDosDeviceW(null, names.address(), characters) != 0) {
                return WideText.texts(names.bytes());
            }
            if (kernel.lastError() != ErrorCode.INSUFFICIENT_BUFFER || characters >= MOST_PATHS) {
                throw WindowsException.last(kernel, "QueryDosDeviceW");
            }
        }
    }

    /**
     * Returns the label of a volume; empty where it has none or no file system is known.
     *
     * @param root its mount point or lasting name, with the backslash
     */
    public String label(String root) {
        NativeBuffer label = NativeBuffer.ofText(kernel, NAME_CHARACTERS);
        int done = kernel.GetVolumeInformationW(WideText.bytes(root), label.address(), label.characters(), 0, 0, 0, 0, 0);
        String found = done == 0 ? "" : label.text().strip();
        label.keep();
        return found;
    }

    /** Returns the name of the file system of a volume; empty where none is known. As {@link #label}. */
    public String fileSystem(String root) {
        NativeBuffer name = NativeBuffer.ofText(kernel, NAME_CHARACTERS);
        int done = kernel.GetVolumeInformationW(WideText.bytes(root), 0, 0, 0, 0, 0, name.address(), name.characters());
        String found = done == 0 ? "" : name.text().strip();
        name.keep();
        return found;
    }

    /**
     * The units of a file system.
     *
     * @param sectorSize bytes, positive
     * @param clusterSize bytes, positive
     */
    public record Allocation(int sectorSize, int clusterSize) {
    }

    /** Returns the units of the file system of a volume; empty where it does not tell any that can be. As {@link #label}. */
    public Optional<Allocation> allocation(String root) {
        NativeBuffer out = NativeBuffer.of(kernel, 4 * Integer.BYTES);
        int done = kernel.GetDiskFreeSpaceW(WideText.bytes(root), out.address(), out.address() + Integer.BYTES,
                out.address() + 2 * Integer.BYTES, out.address() + 3 * Integer.BYTES);
        long perCluster = Integer.toUnsignedLong(out.bytes().getInt(0));
        long sectorSize = Integer.toUnsignedLong(out.bytes().getInt(Integer.BYTES));
        out.keep();
        boolean possible = done != 0 && perCluster > 0 && sectorSize > 0 && sectorSize <= MOST_PATHS
                && perCluster <= Integer.MAX_VALUE / sectorSize;
        return possible ? Optional.of(new Allocation((int) sectorSize, (int) (perCluster * sectorSize))) : Optional.empty();
    }

    /** Returns a name with a backslash at its end. */
    public static String withBackslash(String name) {
        return name.endsWith("\\") ? name : name + "\\";
    }

    /** Returns a name without a backslash at its end, as {@code CreateFileW} takes the device of a volume. */
    public static String withoutBackslash(String name) {
        return name.endsWith("\\") ? name.substring(0, name.length() - 1) : name;
    }
}
