package org.imagingutility.device.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.WindowsException;

/** All volumes of a system, each by its drive letter if it has one, else by its lasting name. */
final class VolumeList {
    private static final int LETTER_LENGTH = 3;

    private final VolumeNames names;
    private final VolumeOpener opener;

    VolumeList(Kernel32 kernel) {
        names = new VolumeNames(kernel);
        opener = new VolumeOpener(kernel);
    }

    List<DeviceInfo> list() throws WindowsException {
        List<DeviceInfo> list = new ArrayList<>();
        for (String name : names.all()) {
            Optional<VolumeReference> volume = VolumeReference.ofName(name);
            if (volume.isPresent()) {
                Optional<String> letter = names.mountPoints(name).stream().filter(path -> path.length() == LETTER_LENGTH).findFirst();
                list.add(opener.describe(VolumeNames.withoutBackslash(letter.orElse(name)), volume.get()));
            }
        }
        list.sort(Comparator.comparing(DeviceInfo::reference));
        return list;
    }
}
