package org.imagingutility.engine.repository.prune;

import java.util.HashSet;
import java.util.Set;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.progress.Checkpoint;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryReader;
import org.imagingutility.engine.repository.layout.KeyPrints;
import org.imagingutility.engine.repository.layout.Manifest;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/** The keys that the images of a repository refer to. For one thread. */
final class References {
    private final Repository repository;
    private final Checkpoint checkpoint;
    private final KeyPrints keys = new KeyPrints();
    private final Set<Digest> tables = new HashSet<>();
    private int images;

    private References(Repository repository, Checkpoint checkpoint) {
        this.repository = repository;
        this.checkpoint = checkpoint;
    }

    /**
     * Reads all manifests and tables.
     *
     * @throws ImageDamagedException if one cannot be read, so that nobody knows what it refers to
     */
    static References of(Repository repository, Checkpoint checkpoint) throws ImagingException {
        References all = new References(repository, checkpoint);
        for (ImageKey key : repository.images(ObjectNames.IMAGES)) {
            all.add(key);
        }
        return all;
    }

    private void add(ImageKey key) throws ImagingException {
        String reference = key.reference(repository.reference());
        try {
            RepositoryReader reader = RepositoryReader.open(repository, key);
            for (int i = 0; i < reader.chunkCount(); i++) {
                checkpoint.checkpoint();
                if (tables.add(reader.chunk(i).digest())) {
                    keys.add(KeyPrints.of(ObjectNames.table(reader.chunk(i).digest())));
                    reader.table(i).frames().forEach(entry -> add(entry.frame()));
                }
            }
            images++;
        } catch (ImageDamagedException | ImageReadException | ImageFormatException e) {
            if (repository.find(key.key(), Manifest.MAX_BYTES).isEmpty()) {
                // forgotten since it was listed
                return;
            }
            ImageDamagedException unknown = new ImageDamagedException(reference, -1, "nothing is pruned while it is not known what this image"
                    + " needs: " + e.getMessage(), "mend it, or forget it: imaging forget-images --repository=R NAME@TIME");
            unknown.addSuppressed(e);
            throw unknown;
        }
    }

    private void add(FrameInfo frame) {
        keys.add(KeyPrints.of(ObjectNames.frame(frame)));
    }

    /** Says whether an image refers to a key; of very few keys that none does it may say so, too. */
    boolean contains(String key) {
        return keys.contains(KeyPrints.of(key));
    }

    /** Returns how many images there are. */
    int images() {
        return images;
    }
}
