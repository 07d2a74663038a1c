package org.imagingutility.files.ntfs;

import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.index.IndexEntry;
import org.imagingutility.files.ntfs.record.FileAttributes;
import org.imagingutility.files.ntfs.record.FileRecords;
import org.imagingutility.files.ntfs.record.NameValue;
import org.imagingutility.files.ntfs.reparse.InterixLink;
import org.imagingutility.files.ntfs.reparse.ReparseTag;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/** Turns entries of directories into what the API has. For one thread. */
final class NtfsNames {
    /** Record of the root directory. */
    static final long ROOT = 5;
    /** Records below are the system's. */
    private static final long SYSTEM_RECORDS = 16;

    private final FileRecords records;
    private final Contents contents;

    /** Creates an object that looks at records where an entry does not tell what it stands for. */
    NtfsNames(FileRecords records, Contents contents) {
        this.records = records;
        this.contents = contents;
    }

    /** Says whether this is a file of the file system itself in the root directory, which is one of them. */
    static boolean isSystem(IndexEntry found, long directory) {
        return MftRecord.numberIn(directory) == ROOT && MftRecord.numberIn(found.reference()) < SYSTEM_RECORDS;
    }

    /** Says whether this is the root directory, which stands in itself. */
    static boolean isRoot(IndexEntry found) {
        return MftRecord.numberIn(found.reference()) == ROOT;
    }

    /** Returns an entry of the directory with this reference. */
    DirectoryEntry entry(IndexEntry found, long directory) throws ImagingException {
        NameValue key = found.key();
        if (key.name().equals(".") || key.name().equals("..")) {
            throw found.place().wrong(0, "a directory has a name \"" + key.name() + "\"");
        }
        if (key.parent() != directory) {
            throw found.place().wrong(0, "a name in record " + MftRecord.numberIn(directory) + " says it stands in record "
                    + MftRecord.numberIn(key.parent()));
        }
        return new DirectoryEntry(name(key.name()), new NtfsNode(found.reference(), kind(found), directory, key.name()));
    }

    private FileKind kind(IndexEntry found) throws ImagingException {
        int flags = found.key().flags();
        boolean directory = (flags & FileAttributes.DIRECTORY) != 0;
        if ((flags & FileAttributes.REPARSE_POINT) != 0) {
            return ReparseTag.kind(found.key().reparseTag(), directory);
        }
        if (!directory && (flags & FileAttributes.SYSTEM) != 0 && isLink(found.reference())) {
            return FileKind.SYMBOLIC_LINK;
        }
        return directory ? FileKind.DIRECTORY : FileKind.FILE;
    }

    private boolean isLink(long reference) throws ImagingException {
        try {
            return InterixLink.of(records.get(reference), contents).isPresent();
        } catch (FileSystemException | DeviceException unreadable) {
            // whoever asks for more of the file will be told
            return false;
        }
    }

    /** Returns a name as the API has it. */
    static FileName name(String text) {
        byte[] bytes = new byte[text.length() * Character.BYTES];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) text.charAt(i);
            bytes[2 * i + 1] = (byte) (text.charAt(i) >> Byte.SIZE);
        }
        return FileName.utf16(bytes);
    }
}
