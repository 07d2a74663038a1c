package org.imagingutility.engine.set.backup;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.layout.SourcePart;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.file.CopyBuffers;
import org.imagingutility.engine.set.file.AtomicFiles;
import org.imagingutility.engine.set.file.SetFolder;
import org.imagingutility.engine.set.file.SetNames;
import org.imagingutility.engine.set.file.SetProgress;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.SourceOpener;

/** Copies a partition as it is into a file, which has holes where it has zeros; its SHA-256 is taken on the way. */
final class RawDump {
    private final Plugins plugins;
    private final BackupRequest request;
    private final SetFolder folder;
    private final SetProgress progress;

    RawDump(Plugins plugins, BackupRequest request, SetFolder folder, SetProgress progress) {
        this.plugins = plugins;
        this.request = request;
        this.folder = folder;
        this.progress = progress;
    }

    /** Copies. Nothing of an earlier run is resumed: a plain file cannot tell which of its zeros were read. */
    PartBackup.Made make(SourcePart part) throws ImagingException {
        String name = SetNames.rawDump(part.index());
        String reference = folder.reference(name);
        boolean overwrite = request.output().overwrite() || request.output().resume().isPresent();
        progress.notice("no installed allocator knows a file system on \"" + part.reference() + "\": copying it as it is to \""
                + reference + "\"");
        try (GuardedDevice device = SourceOpener.guard(part.open(plugins), request.readErrors(), progress);
                ImageFile file = plugins.storeFor(reference).create(reference,
                        new CreateOptions(overwrite, request.output().writeThrough()))) {
            ExtentList.Builder unreadable = new ExtentList.Builder();
            MessageDigest sha256 = CopyBuffers.sha256();
            long read = AtomicFiles.filled(file, () -> copy(device, file, unreadable, sha256));
            ExtentList bad = unreadable.build();
            report(part, bad);
            SetArtefact artefact = new SetArtefact(SetArtefact.Kind.RAW, name, OptionalLong.of(device.length()),
                    Optional.of(CopyBuffers.value(sha256)), Optional.empty(),
                    "all", OptionalLong.of(device.length()), PartBackup.first(bad), bad.totalLength());
            return new PartBackup.Made(artefact, new FileSystemInfo("", "", "", 0, 0),
                    new BackupResult.Part(part.index(), false, Optional.empty(), read, List.of()));
        }
    }

    private long copy(GuardedDevice device, ImageFile file, ExtentList.Builder unreadable, MessageDigest sha256)
            throws ImagingException {
        Throttle throttle = new Throttle(request.source().maxThroughput());
        ByteBuffer block = CopyBuffers.allocate();
        long read = 0;
        for (long offset = 0; offset < device.length(); ) {
            progress.checkpoint();
            int bytes = (int) Math.min(CopyBuffers.LENGTH, device.length() - offset);
            throttle.take(bytes);
            if (device.tryRead(offset, block.clear().limit(bytes))) {
                read += bytes;
            } else {
                read += device.readPieces(offset, offset + bytes, block.clear().limit(bytes), offset, unreadable);
            }
            block.position(0).limit(bytes);
            sha256.update(block.duplicate());
            // the last block gives the file its length
            if (offset + bytes == device.length() || !file.seekable() || !CopyBuffers.isZero(block)) {
                file.write(offset, block);
            }
            offset += bytes;
            progress.add(bytes);
        }
        return read;
    }

    private void report(SourcePart part, ExtentList unreadable) {
        if (unreadable.count() > 0) {
            progress.notice("\"" + part.reference() + "\": " + unreadable.totalLength() + " bytes in " + unreadable.count()
                    + " ranges cannot be read; recorded as unreadable, with zeros in the copy");
        }
    }
}
