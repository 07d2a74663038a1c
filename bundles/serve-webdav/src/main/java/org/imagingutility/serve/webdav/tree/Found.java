package org.imagingutility.serve.webdav.tree;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.serve.webdav.http.PathText;

/**
 * A name, and what it stands for.
 *
 * @param name the name, hostile
 * @param kind what it is, links followed; a link that leads to nothing stays one
 * @param size bytes of its content
 * @param modified when its content was changed last
 * @param created when it was made
 * @param etag entity tag of its content
 * @param link where it leads, of a link
 * @param refusal why its content cannot be had, where that is known
 */
public record Found(String name, FileKind kind, long size, Optional<Instant> modified, Optional<Instant> created, String etag,
        Optional<String> link, Optional<String> refusal) {

    /** Checks that nothing is null. */
    public Found {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
    }

    static Found of(OpenPlace place, String name, FileNode node) throws ImagingException {
        Optional<String> link = node.kind().isLink() ? Optional.of(place.tree().target(node).shown().text()) : Optional.empty();
        return of(place, name, node, link);
    }

    static Found link(OpenPlace place, String name, FileNode node, String target, Optional<FileNode> there) throws ImagingException {
        return of(place, name, there.orElse(node), Optional.of(target));
    }

    private static Found of(OpenPlace place, String name, FileNode node, Optional<String> link) throws ImagingException {
        FileDetails details = place.tree().details(node);
        return new Found(name, node.kind(), details.size(), OpenPlace.modified(details), OpenPlace.created(details), place.etag(node, details),
                link, details.refusal().map(reason -> reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
    }

    /** Says whether it can be asked for: it is a file or a directory, and its name one that a path can have. */
    public boolean canBeAskedFor() {
        return PathText.isPossible(name) && (kind == FileKind.FILE || kind == FileKind.DIRECTORY);
    }

    /** Says whether it is a directory by itself, which programs may go down into: a link may lead back up. */
    public boolean isFolder() {
        return kind == FileKind.DIRECTORY && link.isEmpty();
    }
}
