package org.imagingutility.launcher.acceptance;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Finds the file that a revision of a bundle is loaded from. OSGi has no question for that; Felix has: the public
 * methods {@code BundleRevisionImpl.getContent} and {@code JarContent.getFile}, called by their names because the module
 * of Felix does not export their packages.
 */
final class RevisionFile {
    private RevisionFile() {
    }

    /** Returns the jar, or nothing if the revision is no jar or cannot be asked. */
    static Optional<Path> of(BundleRevision revision) {
        try {
            Object content = revision.getClass().getMethod("getContent").invoke(revision);
            if (content == null || !content.getClass().getSimpleName().equals("JarContent")) {
                return Optional.empty();
            }
            return Optional.of(((File) content.getClass().getMethod("getFile").invoke(content)).toPath());
        } catch (ReflectiveOperationException e) {
            System.getLogger(RevisionFile.class.getName()).log(System.Logger.Level.DEBUG, "not to be asked", e);
            return Optional.empty();
        }
    }
}
