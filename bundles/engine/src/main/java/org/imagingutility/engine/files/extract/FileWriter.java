package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.StagedFile;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.progress.ProgressReporter;

/** Writes what is no directory: files, links, and what they have beside their contents. For one thread. */
final class FileWriter {
    /** XATTR_SIZE_MAX of Linux. */
    private static final int MOST_ATTRIBUTE = 65536;

    private final FileTree tree;
    private final ExtractTarget target;
    private final ProgressReporter progress;
    private final ContentCopy copy;

    FileWriter(FileTree tree, ExtractTarget target, ProgressReporter progress) {
        this.tree = tree;
        this.target = target;
        this.progress = progress;
        this.copy = new ContentCopy(progress);
    }

    /** Writes something into the folder of a level; what fails is told, and not thrown. */
    void write(Level level, String path, DirectoryEntry entry) throws ImagingException {
        long before = progress.doneBytes();
        FileDetails details = null;
        try {
            details = tree.details(entry.node());
            FileKind kind = details.kind();
            if (kind == FileKind.FILE) {
                writeFile(level, path, entry, details);
            } else if (kind.isLink()) {
                writeLink(level, path, entry, details);
            } else if (kind == FileKind.OTHER) {
                target.log().notMade(path, "is of a kind that only the system of the volume can make sense of");
            } else if (!target.request().special()) {
                target.log().notMade(path, "is a " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": left out (--special makes it)");
            } else {
                writeSpecial(level, path, entry, details);
            }
        } catch (ImagingException e) {
            target.log().unreadable(path, e);
        } catch (IOException e) {
            target.failed(path, e);
        } catch (UnsupportedOperationException e) {
            target.log().notMade(path, e.getMessage());
        }
        if (details != null && details.kind() == FileKind.FILE) {
            progress.done(Math.max(0, details.size() - (progress.doneBytes() - before)));
        }
    }

    private void writeFile(Level level, String path, DirectoryEntry entry, FileDetails details) throws ImagingException, IOException {
        FolderNames.Place place = target.place(level, path, entry);
        boolean shared = details.links() > 1 && target.staging().traits().hardLinks();
        String id = shared ? target.keptName(entry.node()) : "";
        Optional<Standing> kept = shared ? target.staging().kept(id) : Optional.empty();
        if (place.standing().isPresent()) {
            Standing standing = place.standing().get();
            boolean same = kept.map(Standing::identity).filter(standing.identity()::equals).isPresent();
            if (same || kept.isEmpty() && target.facts().isComplete(details, standing)) {
                target.log().files++;
                target.log().kept++;
                if (shared && !same) {
                    target.staging().keep(level.folder, place.name(), id);
                }
                return;
            }
            if (!mayReplace(path, level, place)) {
                return;
            }
        }
        if (kept.isPresent()) {
            target.staging().name(id, level.folder, place.name());
        } else {
            Attributes attributes = target.facts().of(details);
            try (FileContent content = tree.open(entry.node()); StagedFile file = target.staging().file(attributes)) {
                target.log().bytes += copy.copy(content, file);
                if (target.request().streams()) {
                    writeStreams(level, path, entry, attributes, file::attribute);
                }
                file.place(level.folder, place.name());
            }
            if (shared) {
                target.staging().keep(level.folder, place.name(), id);
            }
        }
        target.log().files++;
    }

    private boolean mayReplace(String path, Level level, FolderNames.Place place) {
        if (place.standing().orElseThrow().kind() == FileKind.DIRECTORY) {
            target.log().notMade(path, "a folder stands in its place");
            return false;
        }
        if (target.isSource(level.placeOf(place.name()))) {
            target.log().notMade(path, "what is being read stands in its place, and is not replaced");
            return false;
        }
        if (!target.request().overwrite()) {
            target.log().notMade(path, "something else stands in its place (--force replaces it)");
        }
        return target.request().overwrite();
    }

    private void writeLink(Level level, String path, DirectoryEntry entry, FileDetails details) throws ImagingException, IOException {
        String leadsTo = target(tree.target(entry.node()));
        if (leadsTo.isEmpty() || leadsTo.indexOf(0) >= 0) {
            target.log().notMade(path, "is a link to what can be no path");
            return;
        }
        FolderNames.Place place = target.place(level, path, entry);
        if (place.standing().isPresent()) {
            Standing standing = place.standing().get();
            if (standing.kind() == FileKind.SYMBOLIC_LINK && level.folder.target(place.name()).equals(leadsTo)) {
                target.log().links++;
                target.log().kept++;
                return;
            }
            if (!mayReplace(path, level, place)) {
                return;
            }
        }
        try (StagedFile link = target.staging().link(leadsTo, target.facts().of(details))) {
            link.place(level.folder, place.name());
        }
        target.log().links++;
    }

    /** Links of NTFS are written as Windows shows them; where they lead on within the volume, with the slashes of this system. */
    private String target(LinkTarget link) {
        String text = link.shown().text();
        boolean relative = !text.startsWith("\\") && text.indexOf(':') < 0;
        return !tree.traits().posix() && relative && java.io.File.separatorChar == '/' ? text.replace('\\', '/') : text;
    }

    private void writeSpecial(Level level, String path, DirectoryEntry entry, FileDetails details) throws IOException {
        FolderNames.Place place = target.place(level, path, entry);
        if (place.standing().isPresent()) {
            if (place.standing().get().kind() == details.kind()) {
                target.log().special++;
                target.log().kept++;
                return;
            }
            if (!mayReplace(path, level, place)) {
                return;
            }
        }
        try (StagedFile special = target.staging().special(details, target.facts().of(details))) {
            special.place(level.folder, place.name());
        }
        target.log().special++;
    }

    /** Writes what a directory has beside its names, if that is wanted. */
    void writeStreams(Level outer, Level level) throws ImagingException {
        if (target.request().streams() && level.details.isPresent()) {
            try {
                writeStreams(outer, level.path, level.entry, target.facts().of(level.details.get()), level.folder::attribute);
            } catch (ImagingException e) {
                target.log().unreadable(level.path, e);
            }
        }
    }

    /** Sets an extended attribute of what is made. */
    private interface AttributeSetter {
        void set(String name, byte[] value) throws IOException;
    }

    private void writeStreams(Level level, String path, DirectoryEntry entry, Attributes attributes, AttributeSetter setter)
            throws ImagingException {
        for (FileStream stream : tree.streams(entry.node())) {
            String what = path + ":" + stream.name().text();
            try (FileContent content = tree.open(entry.node(), stream)) {
                if (stream.kind() != FileStream.Kind.EXTENDED_ATTRIBUTE || !target.staging().traits().attributes()) {
                    writeBeside(level, what, entry.name().text() + ":" + stream.name().text(), entry, attributes, content);
                } else if (content.length() > MOST_ATTRIBUTE || stream.name().text().indexOf(0) >= 0) {
                    target.log().notMade(what, "is an attribute that no system takes");
                } else {
                    setter.set(stream.name().text(), ContentCopy.bytes(content));
                }
            } catch (ImagingException e) {
                target.log().unreadable(what, e);
            } catch (IOException e) {
                target.failed(what, e);
            }
        }
    }

    /** Writes a stream as a file beside the one that it belongs to. */
    private void writeBeside(Level level, String what, String name, DirectoryEntry entry, Attributes attributes, FileContent content)
            throws ImagingException, IOException {
        FolderNames.Place place = target.place(level, what, name, false, entry.node().id());
        if (place.standing().isPresent() && !mayReplace(what, level, place)) {
            return;
        }
        try (StagedFile file = target.staging().file(attributes)) {
            target.log().bytes += copy.copy(content, file);
            file.place(level.folder, place.name());
        }
    }
}
