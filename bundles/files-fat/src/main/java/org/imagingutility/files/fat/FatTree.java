package org.imagingutility.files.fat;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.fat.ChainReader;
import org.imagingutility.fs.fat.FatReader;
import org.imagingutility.fs.fat.FatVolume;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;
import org.imagingutility.fs.fat.RootDirectory;

/** The files of one FAT volume. For one thread. */
final class FatTree implements FileTree {
    private final VolumeDevice volume;
    private final Layout layout;
    private final Charset codePage;
    private final FileSystemInfo info;
    private final List<String> warnings;
    private boolean closed;

    FatTree(VolumeDevice volume, FatVolume fat, Charset codePage) throws ImagingException {
        this.volume = volume;
        this.layout = fat.layout();
        this.codePage = codePage;
        this.info = new FileSystemInfo(layout.type().name(), RootDirectory.label(new AlignedReader(volume), fat.fats(), layout).orElse(""),
                fat.boot().serial(), layout.clusterSize(), layout.clusterCount());
        List<String> found = new ArrayList<>();
        if (fat.isDirty()) {
            found.add("it was not unmounted in order");
        }
        if (fat.hadErrors()) {
            found.add("it has a note that its medium had read or write errors");
        }
        this.warnings = List.copyOf(found);
    }

    VolumeDevice volume() {
        return volume;
    }

    Layout layout() {
        return layout;
    }

    Charset codePage() {
        return codePage;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the tree is closed");
        }
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public FileTreeTraits traits() {
        return new FileTreeTraits(false, false, "UTF-16; short names " + codePage.name());
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public FileNode root() {
        return FatNode.root(layout.rootCluster());
    }

    private FatNode node(FileNode node, FileKind kind) {
        checkOpen();
        if (node.kind() != kind) {
            throw new IllegalArgumentException("the entry at byte " + node.id() + " is of a " + node.kind() + ", not a " + kind);
        }
        return (FatNode) node;
    }

    /** Errors of a file stand where its entry is; the root has none. */
    private Place place(FatNode node) {
        return new Place(volume.info().reference(), node.id(), null);
    }

    private FileClusters clusters(FatNode node, String what) throws FileSystemException {
        return new FileClusters(new ChainReader(new FatReader(volume, layout), layout), layout, node.first(), what, place(node));
    }

    @Override
    public DirectoryCursor list(FileNode directory) throws ImagingException {
        FatNode node = node(directory, FileKind.DIRECTORY);
        boolean first = node.id() == 0 && layout.rootCluster() == 0;
        return new DirectoryEntries(this, first ? null : clusters(node, "a directory"));
    }

    @Override
    public FileDetails details(FileNode node) {
        checkOpen();
        FatNode entry = (FatNode) node;
        boolean directory = entry.kind() == FileKind.DIRECTORY;
        long clusters = (entry.size() + layout.clusterSize() - 1) / layout.clusterSize();
        return new FileDetails(entry.kind(), directory ? 0 : entry.size(),
                directory ? OptionalLong.empty() : OptionalLong.of(clusters * layout.clusterSize()), 1, entry.times(), Optional.empty(),
                entry.flags(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<FileStream> streams(FileNode node) {
        checkOpen();
        return List.of();
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        FatNode node = node(file, FileKind.FILE);
        if (node.size() == 0) {
            return new FatContent(volume, layout, null, 0, place(node));
        }
        if ((node.size() - 1) / layout.clusterSize() >= layout.clusterCount()) {
            throw place(node).wrong(0, "a file has " + node.size() + " bytes, the volume " + layout.clusterCount() + " clusters of "
                    + layout.clusterSize());
        }
        return new FatContent(volume, layout, clusters(node, "a file"), node.size(), place(node));
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) {
        throw new IllegalArgumentException("files of FAT have no streams");
    }

    @Override
    public LinkTarget target(FileNode link) {
        throw new IllegalArgumentException("FAT has no links");
    }

    @Override
    public void close() {
        closed = true;
    }
}
