package org.imagingutility.snapshot.vss;

import java.util.Optional;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.Windows;
import org.imagingutility.windows.io.WindowsException;

/** What Windows knows of the names of volumes. Used by several threads at once. */
interface Volumes {

    /** Says whether there are volumes of Windows: on other systems there are none. */
    boolean known();

    /**
     * Returns the lasting name of the volume that is mounted somewhere, {@code \\?\Volume{...}\}.
     *
     * @param root where it is mounted, or that name itself, with a backslash at the end
     * @return empty if no volume is mounted there
     */
    Optional<String> lastingName(String root);

    /** Returns those of this machine. */
    static Volumes ofThisMachine() {
        return new Volumes() {
            @Override
            public boolean known() {
                return Windows.isRunning();
            }

            @Override
            public Optional<String> lastingName(String root) {
                try {
                    VolumeNames names = new VolumeNames(Windows.kernel());
                    Optional<String> mounted = names.mountedAt(root);
                    // not each system takes a lasting name for a mount point
                    return mounted.isPresent() ? mounted : names.all().stream().filter(root::equalsIgnoreCase).findFirst();
                } catch (WindowsException e) {
                    // no Windows, or one that cannot be called: then there is nothing that could be frozen
                    return Optional.empty();
                }
            }
        };
    }
}
