package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileRefusedException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/** The files of one ext volume. For one thread. */
final class ExtTree implements FileTree {
    private static final long ROOT = 2;
    /** Where the entries of a directory begin that stands in its inode, behind the number of the one above. */
    private static final int INLINE_ENTRIES_AT = 4;
    private static final long MOST_BLOCKS = 1L << 32;

    private final Volume volume;
    private final InodeTable inodes;
    private boolean closed;

    ExtTree(Volume volume) {
        this.volume = volume;
        this.inodes = new InodeTable(volume);
    }

    Volume volume() {
        return volume;
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the tree is closed");
        }
    }

    @Override
    public FileSystemInfo info() {
        return volume.superblock().info();
    }

    @Override
    public FileTreeTraits traits() {
        return new FileTreeTraits(true, true, "UTF-8");
    }

    @Override
    public List<String> warnings() {
        Superblock superblock = volume.superblock();
        List<String> warnings = new ArrayList<>();
        if (superblock.features().needsRecovery()) {
            warnings.add("its journal waits to be written to it: files are shown as they are without that");
        } else if ((superblock.state() & Superblock.CLEAN) == 0) {
            warnings.add("it was not unmounted in order");
        }
        if ((superblock.state() & Superblock.ERRORS) != 0) {
            warnings.add("the kernel found errors on it");
        }
        return List.copyOf(warnings);
    }

    @Override
    public FileNode root() {
        return new ExtNode(ROOT, FileKind.DIRECTORY);
    }

    /** Returns what an inode is that an entry names without saying it. */
    FileKind kindOf(long inode, Place namedAt) throws ImagingException {
        return inodes.read(inode, namedAt).kind().orElse(FileKind.OTHER);
    }

    /** Reads the inode of a node, which must be what its entry says. */
    private FileInode inode(FileNode node) throws ImagingException {
        checkOpen();
        FileInode inode = inodes.read(node.id(), volume.place(-1));
        if (inode.kind().orElse(FileKind.OTHER) != node.kind()) {
            throw inode.place().wrong(0, "inode " + node.id() + " is a " + inode.kind().map(ExtTree::word).orElse("free one")
                    + ", the entry that names it says " + word(node.kind()));
        }
        return inode;
    }

    private static String word(FileKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private FileInode inode(FileNode node, FileKind kind) throws ImagingException {
        checkOpen();
        if (node.kind() != kind) {
            throw new IllegalArgumentException("inode " + node.id() + " is a " + word(node.kind()) + ", not a " + word(kind));
        }
        return inode(node);
    }

    @Override
    public DirectoryCursor list(FileNode directory) throws ImagingException {
        FileInode inode = inode(directory, FileKind.DIRECTORY);
        return new DirectoryBlocks(this, blocks(inode), inode.isEncrypted());
    }

    private DirectoryBlocks.Source blocks(FileInode inode) throws ImagingException {
        if (inode.isInline()) {
            ByteBuffer first = inode.blocks().root();
            return DirectoryBlocks.inline(inode, first.slice(INLINE_ENTRIES_AT, first.limit() - INLINE_ENTRIES_AT)
                    .order(ByteOrder.LITTLE_ENDIAN), Attributes.inlineData(inode).orElse(new byte[0]));
        }
        long size = inode.size();
        if (size > volume.geometry().length()) {
            throw inode.place().wrong(FileInode.SIZE_AT, "directory " + inode.number() + " has " + size + " bytes, the volume "
                    + volume.geometry().length());
        }
        return new MappedBlocks(volume, runs(inode), size / volume.geometry().blockSize());
    }

    private Runs runs(FileInode inode) {
        return inode.blocks().extents() ? new ExtentRuns(volume, inode) : new PointerRuns(volume, inode);
    }

    /** {@inheritDoc} In a directory with casefold, names are the same that are after canonical decomposition and without case. */
    @Override
    public Optional<DirectoryEntry> find(FileNode directory, String name) throws ImagingException {
        boolean folds = inode(directory, FileKind.DIRECTORY).isCaseInsensitive();
        String folded = folds ? fold(name) : "";
        DirectoryEntry similar = null;
        try (DirectoryCursor cursor = list(directory)) {
            while (cursor.next()) {
                String text = cursor.entry().name().text();
                if (text.equals(name)) {
                    return Optional.of(cursor.entry());
                }
                if (folds && similar == null && fold(text).equals(folded)) {
                    similar = cursor.entry();
                }
            }
        }
        return Optional.ofNullable(similar);
    }

    private static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Override
    public FileDetails details(FileNode node) throws ImagingException {
        FileInode inode = inode(node);
        boolean device = node.kind() == FileKind.BLOCK_DEVICE || node.kind() == FileKind.CHARACTER_DEVICE;
        return new FileDetails(node.kind(), device ? 0 : inode.size(), OptionalLong.of(inode.allocated(volume.geometry().blockSize())),
                inode.links(), inode.times(), Optional.of(inode.posix()), inode.flags(), device ? Optional.of(inode.device()) : Optional.empty(),
                refusal(inode));
    }

    private static Optional<Reason> refusal(FileInode inode) {
        boolean content = inode.kind().orElse(FileKind.OTHER) == FileKind.FILE || inode.kind().orElse(FileKind.OTHER).isLink();
        if (content && inode.isEncrypted()) {
            return Optional.of(Reason.ENCRYPTED);
        }
        return content && inode.isCompressed() ? Optional.of(Reason.COMPRESSION_UNKNOWN) : Optional.empty();
    }

    private void refuse(FileInode inode) throws FileRefusedException {
        Optional<Reason> reason = refusal(inode);
        if (reason.isPresent()) {
            throw new FileRefusedException(volume.device().info().reference(), "inode " + inode.number(), reason.get(),
                    reason.get() == Reason.ENCRYPTED ? "is encrypted, and its key is not on the volume"
                            : "is compressed in a way that no kernel has");
        }
    }

    @Override
    public List<FileStream> streams(FileNode node) throws ImagingException {
        List<FileStream> streams = new ArrayList<>();
        for (Attributes.Attribute attribute : Attributes.of(volume, inode(node))) {
            if (attribute.isShown()) {
                streams.add(stream(attribute));
            }
        }
        return List.copyOf(streams);
    }

    private static FileStream stream(Attributes.Attribute attribute) {
        long length = attribute.value() == null ? attribute.length() : value(attribute).length;
        return new FileStream(FileStream.Kind.EXTENDED_ATTRIBUTE, FileName.utf8(attribute.fullName()), length);
    }

    private static byte[] value(Attributes.Attribute attribute) {
        return AccessLists.isOne(attribute.prefix()) ? AccessLists.shown(attribute.value()) : attribute.value();
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        FileInode inode = inode(file, FileKind.FILE);
        refuse(inode);
        return content(inode);
    }

    private FileContent content(FileInode inode) throws ImagingException {
        long size = inode.size();
        if (inode.isInline()) {
            return Contents.of(inline(inode, size));
        }
        if ((size - 1) / volume.geometry().blockSize() >= MOST_BLOCKS) {
            throw inode.place().wrong(FileInode.SIZE_AT, "inode " + inode.number() + " has " + size + " bytes, more than "
                    + MOST_BLOCKS + " blocks");
        }
        return new MappedContent(volume, runs(inode), size);
    }

    private static byte[] inline(FileInode inode, long size) throws ImagingException {
        byte[] more = size > Inode.ROOT_LENGTH ? Attributes.inlineData(inode).orElse(new byte[0]) : new byte[0];
        if (size > Inode.ROOT_LENGTH + more.length) {
            throw inode.place().wrong(FileInode.SIZE_AT, "inode " + inode.number() + " has " + size + " bytes in it, there are "
                    + (Inode.ROOT_LENGTH + more.length));
        }
        byte[] bytes = new byte[Inode.ROOT_LENGTH + more.length];
        inode.blocks().root().get(0, bytes, 0, Inode.ROOT_LENGTH);
        System.arraycopy(more, 0, bytes, Inode.ROOT_LENGTH, more.length);
        return Arrays.copyOf(bytes, (int) size);
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) throws ImagingException {
        for (Attributes.Attribute attribute : Attributes.of(volume, inode(node))) {
            if (attribute.isShown() && stream.kind() == FileStream.Kind.EXTENDED_ATTRIBUTE
                    && stream.name().equals(FileName.utf8(attribute.fullName()))) {
                return attribute.value() == null ? valueOf(attribute) : Contents.of(value(attribute));
            }
        }
        throw new IllegalArgumentException("inode " + node.id() + " has no attribute \"" + stream.name() + "\"");
    }

    private FileContent valueOf(Attributes.Attribute attribute) throws ImagingException {
        FileInode inode = inodes.read(attribute.valueInode(), attribute.place());
        if (inode.size() != attribute.length() || inode.isInline()) {
            throw inode.place().wrong(FileInode.SIZE_AT, "inode " + inode.number() + " has " + inode.size()
                    + " bytes, the attribute whose value it is says " + attribute.length());
        }
        return content(inode);
    }

    @Override
    public LinkTarget target(FileNode link) throws ImagingException {
        FileInode inode = inode(link, FileKind.SYMBOLIC_LINK);
        refuse(inode);
        long size = inode.size();
        if (size > volume.geometry().blockSize()) {
            throw inode.place().wrong(FileInode.SIZE_AT, "link " + inode.number() + " has a path of " + size + " bytes");
        }
        byte[] path;
        if (inode.isInline() || !inode.blocks().mapped()) {
            path = inline(inode, size);
        } else {
            path = new byte[(int) size];
            new MappedContent(volume, runs(inode), size).read(0, ByteBuffer.wrap(path));
        }
        return new LinkTarget(FileName.utf8(path));
    }

    @Override
    public void close() {
        closed = true;
    }
}
