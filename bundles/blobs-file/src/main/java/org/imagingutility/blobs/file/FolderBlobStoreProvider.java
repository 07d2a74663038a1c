package org.imagingutility.blobs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.file.FilePaths;
import org.osgi.service.component.annotations.Component;

/** Keeps objects in folders. A reference is a path; symbolic links are followed. Used by several threads at once. */
@Component
public final class FolderBlobStoreProvider implements BlobStoreProvider {
    private static final String NAME = "file";
    /** {@code s3://...}; a single letter is a Windows drive. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);

    /** Creates the provider. */
    public FolderBlobStoreProvider() {
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String reference) {
        return !reference.isEmpty() && !URI.matcher(reference).matches();
    }

    @Override
    public boolean acceptsAny() {
        return true;
    }

    @Override
    public BlobStore open(String reference) throws BlobException {
        try {
            Path folder = FilePaths.of(reference).toAbsolutePath();
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new BlobException(reference, "", BlobException.Reason.FAILED, "is not a folder", null, null);
            }
            return new FolderBlobStore(reference, Files.exists(folder) ? folder.toRealPath() : folder);
        } catch (InvalidPathException e) {
            throw new BlobException(reference, "", BlobException.Reason.FAILED, "is not a path: " + e.getReason(), null, e);
        } catch (IOException e) {
            throw Failures.of(reference, "", "cannot be opened: ", e);
        }
    }
}
