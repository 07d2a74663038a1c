package org.imagingutility.engine.files.target.paths;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetFolder;

/** A folder by its path. */
final class PathFolder implements TargetFolder {
    private static final String USER_ATTRIBUTE = "user.";
    private final Path path;

    PathFolder(Path path) {
        this.path = path;
    }

    Path resolve(String name) throws IOException {
        Path resolved;
        try {
            resolved = path.resolve(name);
        } catch (InvalidPathException e) {
            throw new IOException("no such name can be: " + e.getReason(), e);
        }
        if (!path.equals(resolved.getParent())) {
            throw new IOException("that is no single name");
        }
        return resolved;
    }

    @Override
    public Optional<Standing> standing(String name) throws IOException {
        try {
            Path file = resolve(name);
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileKind kind = found.isSymbolicLink() ? FileKind.SYMBOLIC_LINK : found.isOther() ? FileKind.OTHER
                    : found.isDirectory() ? FileKind.DIRECTORY : FileKind.FILE;
            return Optional.of(new Standing(kind, found.size(), found.lastModifiedTime().toInstant(), Objects.requireNonNullElse(found.fileKey(),
                    file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public TargetFolder create(String name) throws IOException {
        return new PathFolder(Files.createDirectory(resolve(name)));
    }

    @Override
    public TargetFolder open(String name) throws IOException {
        Path folder = resolve(name);
        BasicFileAttributes found = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // junctions of Windows are "other" and directories at once
        if (!found.isDirectory() || found.isOther()) {
            throw new NotDirectoryException(folder.toString());
        }
        return new PathFolder(folder);
    }

    @Override
    public String target(String name) throws IOException {
        return Files.readSymbolicLink(resolve(name)).toString();
    }

    @Override
    public void attribute(String name, byte[] value) throws IOException {
        set(path, name, value);
    }

    static void set(Path file, String name, byte[] value) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null || !name.startsWith(USER_ATTRIBUTE)) {
            throw new IOException("the attribute \"" + name + "\" cannot be set here");
        }
        view.write(name.substring(USER_ATTRIBUTE.length()), ByteBuffer.wrap(value));
    }

    @Override
    public void finish(Attributes attributes) throws IOException {
        apply(path, attributes, false);
    }

    static void apply(Path file, Attributes attributes, boolean link) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix != null && !link && attributes.mode().isPresent()) {
            posix.setPermissions(permissions(attributes.mode().get()));
        }
        FileTime modified = attributes.modified().map(FileTime::from).orElse(null);
        FileTime accessed = attributes.accessed().map(FileTime::from).orElse(null);
        FileTime created = attributes.created().map(FileTime::from).orElse(null);
        if (modified != null || accessed != null || created != null) {
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(modified, accessed, created);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromTheHighestBit = PosixFilePermission.values();
        for (int i = 0; i < fromTheHighestBit.length; i++) {
            if ((mode >> fromTheHighestBit.length - 1 - i & 1) != 0) {
                set.add(fromTheHighestBit[i]);
            }
        }
        return set;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
