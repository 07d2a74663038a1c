package org.imagingutility.files.ntfs;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.index.Collation;
import org.imagingutility.files.ntfs.index.IndexEntry;
import org.imagingutility.files.ntfs.index.IndexWalk;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.files.ntfs.record.FileRecords;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/** The files of one NTFS volume. */
final class NtfsTree implements FileTree {
    private final NtfsVolume facts;
    private final FileRecords records;
    private final Contents contents;
    private final Collation collation;
    private final NtfsNames names;
    private final NtfsNode root;
    private boolean closed;

    private NtfsTree(NtfsVolume facts, FileRecords records, Contents contents, Collation collation, NtfsNode root) {
        this.facts = facts;
        this.records = records;
        this.contents = contents;
        this.collation = collation;
        this.names = new NtfsNames(records, contents);
        this.root = root;
    }

    /** Opens the tree of a volume whose boot sector is sound. */
    static NtfsTree open(VolumeDevice device, Volume volume) throws ImagingException {
        Mft mft = Mft.open(volume);
        FileRecords records = new FileRecords(volume, mft);
        Contents contents = new Contents(device);
        long reference = records.at(NtfsNames.ROOT).reference();
        NtfsNode root = new NtfsNode(reference, FileKind.DIRECTORY, reference, ".");
        return new NtfsTree(NtfsVolume.read(volume, mft), records, contents, Collation.of(records, contents), root);
    }

    @Override
    public FileSystemInfo info() {
        return facts.info();
    }

    @Override
    public FileTreeTraits traits() {
        return new FileTreeTraits(false, false, "UTF-16");
    }

    @Override
    public List<String> warnings() {
        return facts.warnings();
    }

    @Override
    public FileNode root() {
        return root;
    }

    @Override
    public DirectoryCursor list(FileNode directory) throws ImagingException {
        NtfsNode node = require(directory, directory.kind() == FileKind.DIRECTORY, "directory");
        FileRecord record = directory(node);
        return new NtfsDirectory(new IndexWalk(record, contents, collation), names, node.reference(), () -> !closed);
    }

    /**
     * {@inheritDoc} Finds short names that Windows made up, and files of the file system itself, which are not listed.
     */
    @Override
    public Optional<DirectoryEntry> find(FileNode directory, String name) throws ImagingException {
        NtfsNode node = require(directory, directory.kind() == FileKind.DIRECTORY, "directory");
        IndexWalk walk = new IndexWalk(directory(node), contents, collation, name);
        IndexEntry similar = null;
        while (walk.next() && collation.compareFolded(walk.entry().key().name(), name) == 0) {
            IndexEntry found = walk.entry();
            if (NtfsNames.isRoot(found)) {
                continue;
            }
            if (found.key().name().equals(name)) {
                return Optional.of(names.entry(found, node.reference()));
            }
            similar = similar == null ? found : similar;
        }
        return similar == null ? Optional.empty() : Optional.of(names.entry(similar, node.reference()));
    }

    /** Returns the record of a directory, which stands where it was listed: so no way leads in a circle. */
    private FileRecord directory(NtfsNode node) throws ImagingException {
        FileRecord record = file(node).record();
        boolean stands = record.names().size() == 1 && record.names().get(0).parent() == node.parent()
                && record.names().get(0).name().equals(node.name());
        if (!stands && !node.equals(root)) {
            throw record.base().wrong("is listed as directory \"" + node.name() + "\" in record "
                    + MftRecord.numberIn(node.parent()) + ", but does not have this one name there");
        }
        return record;
    }

    /** Returns the file of a node, which is what its directory says. */
    private NtfsFile file(NtfsNode node) throws ImagingException {
        NtfsFile file = new NtfsFile(records.get(node.reference()), contents, node.kind());
        if (file.kind() != node.kind()) {
            throw file.record().base().wrong("is a " + file.kind() + ", its directory has it as " + node.kind());
        }
        return file;
    }

    private NtfsNode require(FileNode node, boolean fits, String what) {
        if (closed) {
            throw new IllegalStateException("the tree is closed");
        }
        if (!(node instanceof NtfsNode own) || !fits) {
            throw new IllegalArgumentException("no " + what + " of NTFS: " + node);
        }
        return own;
    }

    @Override
    public FileDetails details(FileNode node) throws ImagingException {
        return file(require(node, true, "file")).details();
    }

    @Override
    public List<FileStream> streams(FileNode node) throws ImagingException {
        return file(require(node, true, "file")).streams();
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        return file(require(file, file.kind() == FileKind.FILE, "file")).open();
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) throws ImagingException {
        return file(require(node, stream.kind() == FileStream.Kind.ALTERNATE, "file with such a stream")).open(stream.name().text());
    }

    @Override
    public LinkTarget target(FileNode link) throws ImagingException {
        return file(require(link, link.kind().isLink(), "link")).target();
    }

    @Override
    public void close() {
        closed = true;
    }
}
