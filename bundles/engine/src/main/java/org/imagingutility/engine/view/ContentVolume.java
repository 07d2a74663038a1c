package org.imagingutility.engine.view;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.serve.ServedRange;

/** Content that is kept open, as the volume that a file system is read from. Used by several threads at once. */
public final class ContentVolume implements VolumeDevice {
    private final ContentDevice content;
    private final DeviceInfo info;

    ContentVolume(ContentDevice content) {
        this.content = content;
        this.info = new DeviceInfo(content.description(), DeviceKind.FILE, content.length(), content.sectorSize(), "", Optional.empty(),
                List.of(), true);
    }

    /** Returns what tells this content from any other: the same each time that it is opened. */
    public String identity() {
        return content.identity();
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        content.read(offset, target);
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        long at = offset;
        while (at < content.length()) {
            ServedRange range = content.range(at, content.length() - at);
            if (range.kind() == ServedRange.Kind.DATA) {
                return at;
            }
            at += range.length();
        }
        return at;
    }

    @Override
    public void close() {
        content.close();
    }
}
