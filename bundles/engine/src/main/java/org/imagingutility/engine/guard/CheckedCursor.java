package org.imagingutility.engine.guard;

import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;

/**
 * Guards an {@link ExtentCursor}: extents ascend, do not overlap and lie on the device. (That they do not touch is not looked
 * at: the same bytes are in use.) One that takes all blocks leaves none out. So a pass ends, too, whatever the plug-in does. For one thread.
 */
final class CheckedCursor implements ExtentCursor {
    private final GuardedPlugin plugin;
    private final ExtentCursor cursor;
    private final long deviceLength;
    private final boolean everything;
    private long offset;
    private long length;

    CheckedCursor(GuardedPlugin plugin, ExtentCursor cursor, long deviceLength, boolean everything) {
        this.plugin = plugin;
        this.cursor = cursor;
        this.deviceLength = deviceLength;
        this.everything = everything;
    }

    @Override
    public boolean next() throws ImagingException {
        long end = offset + length;
        try {
            if (!cursor.next()) {
                if (everything && end != deviceLength) {
                    throw leftOut(end);
                }
                return false;
            }
            offset = cursor.offset();
            length = cursor.length();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ExtentCursor.next", e);
        }
        if (offset < end || length <= 0 || length > deviceLength - offset) {
            throw outOfPlace(end);
        }
        if (everything && offset != end) {
            throw leftOut(end);
        }
        return true;
    }

    private PluginException leftOut(long end) {
        return plugin.violated("ExtentCursor.next", "left out what begins at byte " + end + " of " + deviceLength
                + ", although it takes all blocks");
    }

    private PluginException outOfPlace(long end) {
        String extent = "gave an extent of " + length + " bytes at " + offset;
        return plugin.violated("ExtentCursor.next", length <= 0 ? extent : offset < end ? extent + ", before the end of the last one ("
                + end + ")" : extent + ", which ends behind the device (" + deviceLength + " bytes)");
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void close() throws ImagingException {
        try {
            cursor.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("ExtentCursor.close", e);
        }
    }
}
