package org.imagingutility.engine.guard;

import java.nio.ByteBuffer;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;

/** Guards a {@link SetFormat}. */
public final class CheckedSetFormat implements SetFormat {
    private final GuardedPlugin plugin;
    private final SetFormat format;
    private final String manifestName;

    /**
     * Creates the guard; what {@code format} says of itself is asked once.
     *
     * @throws PluginException if the name of its manifests is none
     */
    public CheckedSetFormat(GuardedPlugin plugin, SetFormat format) throws PluginException {
        this.plugin = plugin;
        this.format = format;
        this.manifestName = checked(plugin, format.manifestName());
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public String manifestName() {
        return manifestName;
    }

    @Override
    public BackupManifest read(String reference, ByteBuffer content) throws ImagingException {
        try {
            return plugin.present("SetFormat.read", format.read(reference, content));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("SetFormat.read", e);
        }
    }

    @Override
    public ByteBuffer write(BackupManifest manifest) {
        try {
            ByteBuffer written = plugin.present("SetFormat.write", format.write(manifest));
            if (!written.hasRemaining() || written.remaining() > MAX_LENGTH) {
                throw plugin.violated("SetFormat.write", "returned " + written.remaining() + " bytes, expected 1 to " + MAX_LENGTH);
            }
            return written;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried("SetFormat.write", e);
        }
    }

    /** A manifest lies in the folder of its set, wherever plug-ins would like to have it. */
    private static String checked(GuardedPlugin plugin, String name) throws PluginException {
        plugin.present("SetFormat.manifestName", name);
        if (name.isBlank() || name.startsWith(".") || hasForbidden(name)) {
            throw plugin.violated("SetFormat.manifestName", "returned \"" + name + "\", which is no plain file name");
        }
        return name;
    }

    private static boolean hasForbidden(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || "/\\:".indexOf(name.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
