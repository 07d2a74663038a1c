package org.imagingutility.files.exfat;

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
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.FatReader;
import org.imagingutility.fs.exfat.Place;

/** The files of one exFAT volume. For one thread. */
final class ExfatTree implements FileTree {
    private final VolumeDevice volume;
    private final BootSector boot;
    private final int activeFat;
    private final FileSystemInfo info;
    private final List<String> warnings;
    private boolean closed;

    /**
     * Creates the tree.
     *
     * @param activeFat number of the FAT that counts
     */
    ExfatTree(VolumeDevice volume, BootSector boot, int activeFat, String label, List<String> warnings) {
        this.volume = volume;
        this.boot = boot;
        this.activeFat = activeFat;
        this.warnings = warnings;
        this.info = new FileSystemInfo("exFAT", label, String.format("%04X-%04X", boot.serial() >>> 16, boot.serial() & 0xFFFF),
                boot.clusterSize(), boot.clusterCount());
    }

    VolumeDevice volume() {
        return volume;
    }

    BootSector boot() {
        return boot;
    }

    /** Returns the place of a structure that is read for a file: there is no remedy if it is wrong. */
    Place place(long offset) {
        return new Place(volume.info().reference(), offset, null);
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
        return new FileTreeTraits(false, false, "UTF-16");
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public FileNode root() {
        return ExfatNode.root(boot.rootCluster());
    }

    private ExfatNode node(FileNode node, FileKind kind) {
        checkOpen();
        if (node.kind() != kind) {
            throw new IllegalArgumentException("the entries at byte " + node.id() + " are of a " + node.kind() + ", not a " + kind);
        }
        return (ExfatNode) node;
    }

    private FileClusters clusters(ExfatNode node, String what) throws FileSystemException {
        long needed = node.length() / boot.clusterSize() + (node.length() % boot.clusterSize() == 0 ? 0 : 1);
        if (needed > boot.clusterCount()) {
            throw place(node.id()).wrong(0, what + " has " + node.length() + " bytes, the volume " + boot.clusterCount() + " clusters of "
                    + boot.clusterSize());
        }
        FatReader fat = new FatReader(new AlignedReader(volume), boot, activeFat, place(0));
        return new FileClusters(fat, boot, node, needed, what, place(node.id()));
    }

    @Override
    public DirectoryCursor list(FileNode directory) throws ImagingException {
        ExfatNode node = node(directory, FileKind.DIRECTORY);
        if (node.id() == 0) {
            return new DirectoryEntries(this, clusters(node, "the root directory"), Long.MAX_VALUE);
        }
        return new DirectoryEntries(this, node.length() == 0 ? null : clusters(node, "a directory"), node.length());
    }

    @Override
    public FileDetails details(FileNode node) {
        checkOpen();
        ExfatNode entry = (ExfatNode) node;
        long clusters = entry.length() / boot.clusterSize() + (entry.length() % boot.clusterSize() == 0 ? 0 : 1);
        boolean bounded = clusters <= boot.clusterCount();
        return new FileDetails(entry.kind(), entry.length(), bounded ? OptionalLong.of(clusters * boot.clusterSize()) : OptionalLong.empty(), 1,
                entry.times(), Optional.empty(), entry.flags(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<FileStream> streams(FileNode node) {
        checkOpen();
        return List.of();
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        ExfatNode node = node(file, FileKind.FILE);
        return new ExfatContent(volume, boot, node.length() == 0 ? null : clusters(node, "a file"), node, place(node.id()));
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) {
        throw new IllegalArgumentException("files of exFAT have no streams");
    }

    @Override
    public LinkTarget target(FileNode link) {
        throw new IllegalArgumentException("exFAT has no links");
    }

    @Override
    public void close() {
        closed = true;
    }
}
