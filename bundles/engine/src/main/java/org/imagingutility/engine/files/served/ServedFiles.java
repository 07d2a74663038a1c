package org.imagingutility.engine.files.served;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.engine.view.ContentKeeper;
import org.imagingutility.engine.view.ContentVolume;

/** A volume of an image whose files are served; without a reader for them, why not. Used by several threads at once. */
final class ServedFiles implements ServedVolume {
    private final OptionalInt partition;
    private final String description;
    private final long length;
    private final String identity;
    private final Optional<ContentKeeper<OpenFiles>> keeper;
    private final String refusal;

    private ServedFiles(OptionalInt partition, String description, long length, String identity, Optional<ContentKeeper<OpenFiles>> keeper,
            String refusal) {
        this.partition = partition;
        this.description = description;
        this.length = length;
        this.identity = identity;
        this.keeper = keeper;
        this.refusal = refusal;
    }

    /** Creates one whose files are read through {@code keeper}. */
    static ServedFiles of(OptionalInt partition, ContentVolume volume, ContentKeeper<OpenFiles> keeper) throws ImagingException {
        FileSystemInfo info;
        try (FileTree tree = new LastingTree(keeper)) {
            info = tree.info();
        }
        String label = info.label().isEmpty() ? "" : " \"" + info.label() + "\"";
        return new ServedFiles(partition, info.fileSystem() + label, volume.length(), volume.identity(), Optional.of(keeper), "");
    }

    /** Creates one whose files cannot be had. */
    static ServedFiles refused(OptionalInt partition, String description, long length, String reason) {
        return new ServedFiles(partition, description, length, "", Optional.empty(), reason);
    }

    /** Returns what users should know of the files. */
    List<String> warnings() throws ImagingException {
        try (FileTree tree = open()) {
            return tree.warnings();
        }
    }

    @Override
    public OptionalInt partition() {
        return partition;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Optional<String> refusal() {
        return keeper.isPresent() ? Optional.empty() : Optional.of(refusal);
    }

    @Override
    public FileTree open() throws ImagingException {
        return new LastingTree(keeper.orElseThrow(() -> new UsageException(refusal, null)));
    }
}
