package org.imagingutility.engine.files.extract;

import java.util.Optional;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.engine.files.target.TargetFolder;

/** A directory that the walk is in, and its folder, which is made when the first thing in it is wanted. */
final class Level {
    final Selection.Scope scope;
    /** Path on the volume. */
    final String path;
    /** Null of the root. */
    final DirectoryEntry entry;
    /** Null until the folder is open. */
    TargetFolder folder;
    /** The names that lead to the folder in that which all is written into, joined with slashes. */
    String place = "";
    FolderNames names;
    Optional<FileDetails> details = Optional.empty();
    /** Whether its folder cannot be made; that has been told. */
    boolean lost;

    Level(Selection.Scope scope, String path, DirectoryEntry entry) {
        this.scope = scope;
        this.path = path;
        this.entry = entry;
    }

    /** Returns the names that lead to something in the folder. */
    String placeOf(String name) {
        return place.isEmpty() ? name : place + "/" + name;
    }
}
