package org.imagingutility.api.error;

import java.util.Objects;

/**
 * The content of a file cannot be given, although the volume is sound: it does not stand there, or in a form that needs a key or a driver. It is
 * refused rather than shown as something that it is not.
 */
public final class FileRefusedException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final String file;
    private final Reason reason;

    /** Why a content cannot be given. */
    public enum Reason {
        /** It is encrypted, with a key that is not on the volume in the clear (EFS of NTFS, fscrypt of ext4). */
        ENCRYPTED,
        /** Its blocks are kept in a store of their own (Data Deduplication of Windows Server). */
        DEDUPLICATED,
        /** It is kept by a service in a network, and the volume has a placeholder (OneDrive and others). */
        CLOUD_PLACEHOLDER,
        /** The image that the volume is read from does not hold it: it was left out when the image was made. */
        NOT_KEPT,
        /** It is compressed in a way that is not known here. */
        COMPRESSION_UNKNOWN,
        /** Only a driver that is not known here can make sense of what stands in its place. */
        FORMAT_UNKNOWN
    }

    /**
     * Creates the error.
     *
     * @param device reference of the volume
     * @param file what names the file: {@code inode 12}, a name
     * @param reason why
     * @param text what was found, for people: {@code is encrypted by EFS}
     */
    public FileRefusedException(String device, String file, Reason reason, String text) {
        super(file + " on \"" + device + "\" " + text, null, null);
        this.device = device;
        this.file = file;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns the reference of the volume. */
    public String device() {
        return device;
    }

    /** Returns what names the file. */
    public String file() {
        return file;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
