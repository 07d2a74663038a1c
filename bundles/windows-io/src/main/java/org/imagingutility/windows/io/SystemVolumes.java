package org.imagingutility.windows.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The volumes that the running Windows works from, which nothing may overwrite: the one with its folder, the one it was started from,
 * those with page files. (Locking them fails as well; here that is said before, in words.)
 */
public final class SystemVolumes {
    private static final long LOCAL_MACHINE = 0x80000002;
    private static final int ANY_STRING = 0x2 | 0x20;
    private static final int TEXT_CHARACTERS = 4096;
    private static final String NT_PREFIX = "\\??\\";
    /** Of {@code C:\}. */
    private static final int ROOT_CHARACTERS = 3;

    private final Kernel32 kernel;
    private final Advapi32 advapi;
    private final VolumeNames names;

    /** Where they come from, when they are first asked for. */
    @FunctionalInterface
    public interface Source {
        /** Returns them as {@link #uses()} does. */
        Map<String, String> of(Kernel32 kernel) throws WindowsException;
    }

    /** Creates the volumes of a system. */
    public SystemVolumes(Kernel32 kernel, Advapi32 advapi) {
        this.kernel = kernel;
        this.advapi = advapi;
        this.names = new VolumeNames(kernel);
    }

    /**
     * Returns what they are, by their lasting names, each with what it is as the rest of a sentence about it: {@code holds the
     * running Windows}.
     */
    public Map<String, String> uses() throws WindowsException {
        Map<String, String> uses = new LinkedHashMap<>();
        add(uses, Optional.of(folder()), "holds the running Windows");
        for (String text : values("SYSTEM\\Setup", "SystemPartition")) {
            for (String name : names.all()) {
                if (names.ntName(VolumeNames.withoutBackslash(name).substring("\\\\?\\".length())).filter(text::equalsIgnoreCase).isPresent()) {
                    uses.putIfAbsent(name, "is what the running Windows was started from");
                }
            }
        }
        for (String file : values("SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management", "ExistingPageFiles")) {
            add(uses, Optional.of(file.startsWith(NT_PREFIX) ? file.substring(NT_PREFIX.length()) : file), "has a page file of the running Windows");
        }
        return uses;
    }

    private void add(Map<String, String> uses, Optional<String> path, String what) throws WindowsException {
        Optional<String> volume = path.isEmpty() ? Optional.empty() : names.mountedAt(mountPointOf(path.get()));
        volume.ifPresent(name -> uses.putIfAbsent(name, what));
    }

    /** Where Windows cannot tell the mount point of a path (its volume is not ready, or gone), it is that of the path's letter. */
    private String mountPointOf(String path) throws WindowsException {
        try {
            return names.mountPointOf(path);
        } catch (WindowsException e) {
            if (path.length() > ROOT_CHARACTERS && path.startsWith(":\\", 1)) {
                return path.substring(0, ROOT_CHARACTERS);
            }
            throw e;
        }
    }

    private String folder() throws WindowsException {
        NativeBuffer path = NativeBuffer.ofText(kernel, TEXT_CHARACTERS);
        int length = kernel.GetSystemWindowsDirectoryW(path.address(), path.characters());
        if (length <= 0 || length >= path.characters()) {
            throw WindowsException.last(kernel, "GetSystemWindowsDirectoryW");
        }
        String folder = path.text();
        path.keep();
        return folder;
    }

    /** Returns the texts of a value of the registry; none if there is no such value. */
    private List<String> values(String key, String value) throws WindowsException {
        NativeBuffer text = NativeBuffer.ofText(kernel, TEXT_CHARACTERS);
        NativeBuffer size = NativeBuffer.of(kernel, Integer.BYTES);
        size.bytes().putInt(0, text.size() - 2 * Character.BYTES);
        int error = advapi.RegGetValueW(LOCAL_MACHINE, WideText.bytes(key), WideText.bytes(value), ANY_STRING, 0, text.address(), size.address());
        List<String> found = error == 0 ? WideText.texts(text.bytes()) : List.of();
        text.keep();
        size.keep();
        if (error != 0 && error != ErrorCode.FILE_NOT_FOUND) {
            throw WindowsException.of(kernel, error, "RegGetValueW of " + key + ", " + value);
        }
        return found;
    }
}
