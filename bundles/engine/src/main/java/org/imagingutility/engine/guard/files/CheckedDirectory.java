package org.imagingutility.engine.guard.files;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link DirectoryCursor}: it gives only names that are there. For one thread. */
final class CheckedDirectory implements DirectoryCursor {
    private final GuardedPlugin plugin;
    private final DirectoryCursor cursor;
    private DirectoryEntry entry;

    CheckedDirectory(GuardedPlugin plugin, DirectoryCursor cursor) {
        this.plugin = plugin;
        this.cursor = cursor;
    }

    @Override
    public boolean next() throws ImagingException {
        entry = null;
        try {
            if (!cursor.next()) {
                return false;
            }
            entry = CheckedNode.of(plugin, plugin.present("DirectoryCursor.entry", cursor.entry()));
            return true;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("DirectoryCursor.next", e);
        }
    }

    @Override
    public DirectoryEntry entry() {
        return entry;
    }

    @Override
    public void close() throws ImagingException {
        try {
            cursor.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("DirectoryCursor.close", e);
        }
    }
}
