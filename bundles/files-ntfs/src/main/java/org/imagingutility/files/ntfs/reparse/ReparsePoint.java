package org.imagingutility.files.ntfs.reparse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileRefusedException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.content.ExternalCompression;
import org.imagingutility.files.ntfs.content.StoredContent;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * The reparse point of a file. Layouts: {@code REPARSE_DATA_BUFFER} ([MS-FSCC] 2.1.2.2 and following), {@code WOF_EXTERNAL_INFO} and
 * {@code FILE_PROVIDER_EXTERNAL_INFO_V1} ({@code wofapi.h}). Immutable.
 */
public final class ReparsePoint {
    /** Windows takes no longer one ({@code MAXIMUM_REPARSE_DATA_BUFFER_SIZE}). */
    private static final int MAX_LENGTH = 16 << 10;
    private static final int HEAD = 8;
    private static final int LENGTH_AT = 4;
    /** Offset and length of two paths, then for a symbolic link flags, then the paths. */
    private static final int MOUNT_POINT_HEAD = 8;
    private static final int SYMLINK_HEAD = 12;
    private static final int WSL_VERSION = 2;
    private static final int WOF_LENGTH = 16;
    private static final int WOF_VERSION = 1;
    private static final int PROVIDER_WIM = 1;
    private static final int PROVIDER_FILE = 2;

    private final FileRecord file;
    private final int tag;
    private final ByteBuffer data;
    private final Place place;

    private ReparsePoint(FileRecord file, ByteBuffer value, Place place) {
        this.file = file;
        this.tag = value.getInt(0);
        this.data = value.slice(HEAD, Short.toUnsignedInt(value.getShort(LENGTH_AT))).order(ByteOrder.LITTLE_ENDIAN);
        this.place = place;
    }

    /** Returns the reparse point of a file, if it has one. */
    public static Optional<ReparsePoint> of(FileRecord file, Contents contents) throws ImagingException {
        Optional<Attribute> attribute = file.find(Attribute.REPARSE_POINT, "");
        if (attribute.isEmpty()) {
            return Optional.empty();
        }
        StoredContent stored = contents.open(file, attribute.get());
        Place place = attribute.get().place();
        if (stored.length() < HEAD || stored.length() > MAX_LENGTH) {
            throw place.wrong(0, "the reparse point of " + file.shown() + " has " + stored.length() + " bytes, expected " + HEAD
                    + " to " + MAX_LENGTH);
        }
        ByteBuffer value = ByteBuffer.allocate((int) stored.length()).order(ByteOrder.LITTLE_ENDIAN);
        stored.read(0, value);
        int length = Short.toUnsignedInt(value.getShort(LENGTH_AT));
        if (length > value.limit() - HEAD) {
            throw stored.place(LENGTH_AT).wrong(0, "the reparse point of " + file.shown() + " says it has " + length
                    + " bytes of data, of " + (value.limit() - HEAD));
        }
        return Optional.of(new ReparsePoint(file, value, stored.place(HEAD)));
    }

    /** Returns its tag. */
    public int tag() {
        return tag;
    }

    /** Returns where the link or junction leads. */
    public LinkTarget target() throws ImagingException {
        if (tag == ReparseTag.LINUX_SYMLINK) {
            if (data.limit() < Integer.BYTES || data.getInt(0) != WSL_VERSION) {
                throw place.wrong(0, "the symbolic link " + file.shown() + " has no version " + WSL_VERSION);
            }
            byte[] path = new byte[data.limit() - Integer.BYTES];
            data.get(Integer.BYTES, path);
            return new LinkTarget(FileName.utf8(path));
        }
        int paths = tag == ReparseTag.SYMLINK ? SYMLINK_HEAD : MOUNT_POINT_HEAD;
        FileName target = path(paths, 0);
        FileName shown = path(paths, 4);
        return new LinkTarget(target, shown.text().isEmpty() ? target : shown);
    }

    private FileName path(int paths, int at) throws ImagingException {
        if (data.limit() < paths) {
            throw place.wrong(0, "the link " + file.shown() + " has " + data.limit() + " bytes of data, expected " + paths
                    + " at least");
        }
        int from = Short.toUnsignedInt(data.getShort(at));
        int length = Short.toUnsignedInt(data.getShort(at + Short.BYTES));
        if (length % Character.BYTES != 0 || from + length > data.limit() - paths) {
            throw place.wrong(at, "a path of " + length + " bytes at " + from + " of the link " + file.shown() + " leads out of its "
                    + (data.limit() - paths) + " bytes");
        }
        byte[] path = new byte[length];
        data.get(paths + from, path);
        return FileName.utf16(path);
    }

    /** Returns why the content of the file cannot be given, if so. */
    public Optional<Reason> refusal() {
        if (tag != ReparseTag.WOF) {
            return ReparseTag.refusal(tag);
        }
        if (!isWof() || data.getInt(4) != PROVIDER_FILE) {
            return Optional.of(Reason.FORMAT_UNKNOWN);
        }
        return compression().isPresent() ? Optional.empty() : Optional.of(Reason.COMPRESSION_UNKNOWN);
    }

    /**
     * Returns how the content is compressed from the outside; nothing if the volume has the content as it is.
     *
     * @throws FileRefusedException if the content cannot be given
     */
    public Optional<ExternalCompression> requireReadable() throws FileRefusedException {
        Optional<Reason> refusal = refusal();
        if (refusal.isPresent()) {
            throw Contents.refused(file, refusal.get(), tag == ReparseTag.WOF ? wof() : ReparseTag.describe(tag));
        }
        return compression();
    }

    private String wof() {
        if (isWof() && data.getInt(4) == PROVIDER_WIM) {
            return "has its content in a WIM file (WIMBoot)";
        }
        return isWof() && data.getInt(4) == PROVIDER_FILE ? "is compressed in a way that is not known (" + data.getInt(12) + ")"
                : "has a content that a provider gives which is not known (Windows Overlay Filter)";
    }

    private boolean isWof() {
        return data.limit() >= WOF_LENGTH && data.getInt(0) == WOF_VERSION;
    }

    private Optional<ExternalCompression> compression() {
        return data.getInt(8) == WOF_VERSION ? ExternalCompression.of(data.getInt(12)) : Optional.empty();
    }
}
