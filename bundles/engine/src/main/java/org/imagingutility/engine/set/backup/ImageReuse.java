package org.imagingutility.engine.set.backup;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.layout.SourcePart;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.ImageDevice;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.UnreadableRanges;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.LeftOut;
import org.imagingutility.engine.source.SourceOpener;

/** Keeps images that an earlier run of an interrupted backup finished, after a look at whether they fit. For one thread. */
final class ImageReuse {
    private static final int MAX_UNREADABLE = 100_000;
    /** Places that are compared with the disk, beside those that nearly any change touches. */
    private static final int SAMPLES = 16;
    private static final int SAMPLE_LENGTH = 64 << 10;
    private static final String REMEDY = "begin a new set (another --out-dir, or --force without --resume)";

    private final Plugins plugins;
    private final BackupRequest request;
    private final SetFolder folder;
    private final SetProgress progress;
    private long bytesRead;

    ImageReuse(Plugins plugins, BackupRequest request, SetFolder folder, SetProgress progress) {
        this.plugins = plugins;
        this.request = request;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Returns what the set has of a part in the image {@code file}.
     *
     * @throws UsageException if the image is of another partition, of another time, or made with other options
     */
    PartBackup.Made reuse(SourcePart part, String file) throws ImagingException {
        String reference = folder.reference(file);
        try (OpenImage image = OpenImage.of(plugins, folder.open(file, false), false);
                GuardedDevice device = SourceOpener.guard(part.open(plugins), request.readErrors(), progress)) {
            ImageInfo info = image.reader().info();
            DigestProof.of(reference, image.reader(), Optional.empty());
            ProbeResult found = recognise(part, device, info.spec().usedOnly());
            FileSystemInfo fileSystem = found.allocation().info();
            checkFacts(part, reference, info.spec(), found, device);
            if (LeftOut.isIn(info.spec().metadata())) {
                device.leaveOut(found.leftOut());
            }
            ResumeCheck check = request.output().resume().orElseThrow();
            if (check != ResumeCheck.NONE) {
                try (ImageDevice stored = new ImageDevice(plugins, reference, image.reader())) {
                    compare(part, reference, new AlignedReader(device), new AlignedReader(stored), found, check);
                }
            }
            progress.notice(part.title() + ": \"" + reference + "\" is complete and is kept");
            ExtentList unreadable = info.unreadableBytes() == 0 ? ExtentList.empty()
                    : UnreadableRanges.of(image.reader(), MAX_UNREADABLE);
            SetArtefact artefact = new SetArtefact(SetArtefact.Kind.IMAGE, file, OptionalLong.of(info.fileLength()),
                    Optional.empty(), Optional.of(info.digests()), found.allocator(), OptionalLong.of(info.usedBytes()),
                    PartBackup.first(unreadable), info.unreadableBytes());
            return new PartBackup.Made(artefact, fileSystem,
                    new BackupResult.Part(part.index(), true, Optional.empty(), bytesRead, List.of()));
        }
    }

    /** Asks for an allocator as the image was made by one; that of all blocks is not told of again. */
    private ProbeResult recognise(SourcePart part, GuardedDevice device, boolean usedOnly) throws ImagingException {
        boolean allBlocks = request.source().allBlocks() || part.allBlocks();
        ProbeResult found = ProbeResult.of(plugins, device, allBlocks, JobMonitor.NONE);
        if (found.catchAll() == usedOnly) {
            throw differs(part, usedOnly ? "its image holds what is in use only, and now all blocks would be taken"
                    : "its image holds all blocks, and now only what is in use would be taken");
        }
        return found;
    }

    private void checkFacts(SourcePart part, String reference, ImageSpec spec, ProbeResult found, GuardedDevice device)
            throws UsageException {
        same(part, "length", device.length(), spec.deviceLength());
        same(part, "sector size", device.sectorSize(), spec.sectorSize());
        if (!found.catchAll()) {
            same(part, "serial number", found.allocation().info().serial(),
                    spec.metadata().text("fileSystem.serial").orElse(""));
        }
        ImageRequest.Layout layout = request.layout();
        if (layout.codec().isPresent()) {
            same(part, "codec", layout.codec().get(), spec.codecName());
        }
        if (layout.level().isPresent()) {
            same(part, "level", layout.level().getAsInt(), spec.level());
        }
        if (layout.frameSize().isPresent()) {
            same(part, "frame size", layout.frameSize().getAsInt(), spec.frameSize());
        }
    }

    private void same(SourcePart part, String what, Object now, Object stored) throws UsageException {
        if (!now.equals(stored)) {
            throw differs(part, "its " + what + " is \"" + now + "\", that of its image \"" + stored + "\"");
        }
    }

    private static UsageException differs(SourcePart part, String reason) {
        return new UsageException(part.title() + " cannot be kept as it was backed up: " + reason, REMEDY);
    }

    private void compare(SourcePart part, String reference, AlignedReader device, AlignedReader stored, ProbeResult found,
            ResumeCheck check) throws ImagingException {
        ExtentList telltale = found.allocation().telltale();
        for (int i = 0; i < telltale.count(); i++) {
            compareRange(part, reference, device, stored, telltale.offset(i), telltale.end(i));
        }
        long distance = check == ResumeCheck.FULL ? 0 : Math.max(SAMPLE_LENGTH, device.deviceLength() / SAMPLES);
        long next = 0;
        try (ExtentCursor extents = found.allocation().extents()) {
            while (extents.next()) {
                long end = extents.offset() + extents.length();
                for (long at = Math.max(next, extents.offset()); at < end; at = Math.max(next, at + SAMPLE_LENGTH)) {
                    compareRange(part, reference, device, stored, at, Math.min(end, at + SAMPLE_LENGTH));
                    next = at + distance;
                }
            }
        }
    }

    private void compareRange(SourcePart part, String reference, AlignedReader device, AlignedReader stored, long from, long to)
            throws ImagingException {
        for (long at = from; at < to; ) {
            progress.checkpoint();
            int bytes = (int) Math.min(SAMPLE_LENGTH, to - at);
            ByteBuffer now;
            ByteBuffer then;
            try {
                now = device.read(at, bytes);
                bytesRead += bytes;
                then = stored.read(at, bytes);
            } catch (DeviceException e) {
                if (e.isDeviceChanged()) {
                    throw e;
                }
                // what cannot be read now, or could not then, proves nothing
                at += bytes;
                continue;
            }
            int difference = now.mismatch(then);
            if (difference >= 0) {
                throw differs(part, "byte " + (at + difference) + " of it is not what \"" + reference
                        + "\" holds: it was changed since");
            }
            at += bytes;
        }
    }
}
