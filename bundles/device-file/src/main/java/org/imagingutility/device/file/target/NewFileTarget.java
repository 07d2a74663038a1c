package org.imagingutility.device.file.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.linux.LinuxRangeCalls;
import org.imagingutility.device.file.source.SourceOpener;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.PublishedName.ReplacedException;

/** A sparse raw image file that is made; it has its name only when it is complete. */
final class NewFileTarget extends ChannelTarget {
    private final PartialFile partial;
    private final boolean replaceEmpty;

    private NewFileTarget(DeviceInfo info, PartialFile partial, boolean replaceEmpty) {
        super(info, info.length(), partial.file().channel(), partial.file().handle(), 1,
                () -> LinuxRangeCalls.open(partial.file().handle()));
        this.partial = partial;
        this.replaceEmpty = replaceEmpty;
    }

    /**
     * Makes a file of {@code length} zero bytes.
     *
     * @param target absolute path of the file
     * @param replaceEmpty whether an empty file stands there, to be replaced
     * @param claims what this provider writes
     */
    static NewFileTarget create(String reference, Path target, long length, boolean replaceEmpty, Claims claims)
            throws ImagingException {
        PartialFile partial = PartialFile.begin(reference, target, claims, StandardOpenOption.SPARSE);
        try {
            extend(partial.file().channel(), length);
            DeviceInfo info = new DeviceInfo(reference, DeviceKind.FILE, length, SourceOpener.FILE_SECTOR_SIZE, "",
                    Optional.empty(), List.of(), false);
            return new NewFileTarget(info, partial, replaceEmpty);
        } catch (IOException e) {
            giveUp(partial, e);
            throw IoErrors.writing(reference, length - 1, e);
        } catch (RuntimeException | Error e) {
            giveUp(partial, e);
            throw e;
        }
    }

    /**
     * Opens one again that was parked.
     *
     * @param identity which file it is, by {@link FileIdentity#text()}
     */
    static NewFileTarget reopen(String reference, Path target, long length, String identity, Claims claims)
            throws ImagingException {
        PartialFile partial = PartialFile.reopen(reference, target, claims);
        try {
            if (!partial.file().identity().text().equals(identity) || partial.file().channel().size() != length) {
                throw new TargetException(reference, -1, "\"" + partial.path() + "\" is not the file that was parked",
                        "start over", null);
            }
            DeviceInfo info = new DeviceInfo(reference, DeviceKind.FILE, length, SourceOpener.FILE_SECTOR_SIZE, "",
                    Optional.empty(), List.of(), false);
            return new NewFileTarget(info, partial, Files.exists(target));
        } catch (IOException e) {
            keep(partial, e);
            throw IoErrors.creating(reference, e);
        } catch (TargetException | RuntimeException | Error e) {
            keep(partial, e);
            throw e;
        }
    }

    private static void keep(PartialFile partial, Throwable cause) {
        try {
            partial.close(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void extend(FileChannel channel, long length) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(length > 0 ? 1 : 0);
        while (last.hasRemaining()) {
            channel.write(last, length - 1);
        }
    }

    private static void giveUp(PartialFile partial, Throwable cause) {
        try {
            partial.close(false);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public boolean fresh() {
        return true;
    }

    @Override
    void publish() throws TargetException {
        try {
            partial.rename(replaceEmpty);
        } catch (ReplacedException e) {
            throw new TargetException(info().reference(), -1, IoErrors.text(e), "keep other programs and users off the folder, and"
                    + " restore again", e);
        } catch (FileAlreadyExistsException e) {
            throw kept("a file of this name appeared meanwhile", e);
        } catch (IOException e) {
            throw kept("the finished file cannot get its name: " + IoErrors.text(e), e);
        }
    }

    private TargetException kept(String reason, IOException cause) {
        return new TargetException(info().reference(), -1, reason,
                "the file is complete and was kept as \"" + partial.path() + "\": rename it", cause, IoErrors.mayPass(cause));
    }

    @Override
    void end() throws IOException {
        partial.close(stays());
    }
}
