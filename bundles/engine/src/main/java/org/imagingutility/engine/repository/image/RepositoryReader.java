package org.imagingutility.engine.repository.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.layout.Manifest;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;
import org.imagingutility.engine.repository.layout.RepositoryDigests;
import org.imagingutility.engine.repository.layout.Table;

/**
 * Reads an image in a repository. Places in it are counted as if manifest and frames stood behind each other in one file. Used by several
 * threads at once.
 */
public final class RepositoryReader implements ImageReader {
    private static final String NO_STOCK_COMMAND = "one command is not enough; the lines for jq and zstd are in docs/repository-format.md";

    private final RepositoryFile file;
    private final ImageInfo info;
    private final List<ChunkInfo> chunks = new ArrayList<>();
    private final List<Manifest.Chunk> said;

    /** Opens the image that {@code file} has the manifest of; the file stays the caller's. */
    RepositoryReader(RepositoryFile file) throws ImagingException {
        this.file = file;
        if (file.key() == null) {
            throw new ImageFormatException(file.reference(), 0, "is not finished", null);
        }
        Digest digest = RepositoryDigests.of(file.manifest());
        if (!file.key().isOf(digest)) {
            throw damaged("manifest \"" + file.key().key() + "\" has SHA-256 " + digest + ", which is not that of its key");
        }
        Manifest manifest;
        try {
            manifest = Manifest.decode(file.manifest());
        } catch (Manifest.TooNewException e) {
            throw new ImageFormatException(file.reference(), -1, e.getMessage(), "use a newer version of this program");
        } catch (IOException e) {
            throw damaged("manifest \"" + file.key().key() + "\": " + e.getMessage());
        }
        said = manifest.chunks();
        index(manifest);
        if (!RepositoryDigests.image(manifest.spec(), said).equals(manifest.digests().image())) {
            throw damaged("the image digest is not that of the manifest");
        }
        long used = said.stream().mapToLong(Manifest.Chunk::used).sum();
        long unreadable = said.stream().mapToLong(Manifest.Chunk::unreadable).sum();
        long length = file.length() + said.stream().mapToLong(Manifest.Chunk::stored).sum();
        info = new ImageInfo(RepositoryStore.NAME, Manifest.VERSION, manifest.spec(), manifest.digests(), used, unreadable, length,
                Optional.empty(), manifest.statistics(), NO_STOCK_COMMAND);
    }

    /** Opens the image with that key, which is usable as long as {@code repository} is open. */
    public static RepositoryReader open(Repository repository, ImageKey key) throws ImagingException {
        String reference = key.reference(repository.reference());
        return new RepositoryReader(RepositoryFile.open(reference, repository, key, repository.read(reference, key.key(), Manifest.MAX_BYTES)));
    }

    private void index(Manifest manifest) throws ImageDamagedException {
        ImageSpec spec = manifest.spec();
        long end = 0;
        long place = file.length();
        for (Manifest.Chunk chunk : said) {
            long chunkEnd = chunk.offset() + chunk.length();
            boolean holds = chunk.offset() >= end && chunk.offset() % spec.frameSize() == 0 && chunkEnd <= spec.deviceLength()
                    && (chunkEnd % spec.frameSize() == 0 || chunkEnd == spec.deviceLength()) && chunk.used() <= chunk.length()
                    && chunk.unreadable() <= chunk.used() && chunk.stored() <= Long.MAX_VALUE / 2 - place;
            if (!holds) {
                throw damaged("chunk " + chunks.size() + " of the manifest is none of this device, or not behind the one before it");
            }
            chunks.add(new ChunkInfo(chunks.size(), chunk.offset(), chunk.length(), place, chunk.stored(), chunk.frames(), spec.codecWireId(),
                    chunk.table(), chunk.unreadable()));
            place += chunk.stored();
            end = chunkEnd;
        }
    }

    @Override
    public ImageInfo info() {
        return info;
    }

    @Override
    public int chunkCount() {
        return chunks.size();
    }

    @Override
    public ChunkInfo chunk(int chunkIndex) {
        return chunks.get(chunkIndex);
    }

    /** Returns how many bytes of device are in use in chunk {@code chunkIndex}. */
    public long usedBytes(int chunkIndex) {
        return said.get(chunkIndex).used();
    }

    @Override
    public int findChunk(long deviceOffset) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            ChunkInfo chunk = chunks.get(middle);
            if (deviceOffset < chunk.deviceOffset()) {
                high = middle - 1;
            } else if (deviceOffset - chunk.deviceOffset() >= chunk.deviceLength()) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    @Override
    public ChunkTable table(int chunkIndex) throws ImagingException {
        Manifest.Chunk chunk = said.get(chunkIndex);
        Table table = file.repository().table(file.reference(), chunk.table());
        Optional<String> fault = TableCheck.fault(info.spec(), chunk, table);
        if (fault.isPresent()) {
            throw damaged("table " + chunk.table() + ": " + fault.get());
        }
        List<FrameEntry> entries = new ArrayList<>();
        long place = chunks.get(chunkIndex).fileOffset();
        for (FrameInfo frame : table.frames()) {
            entries.add(new FrameEntry(frame, place));
            place += frame.storedLength();
        }
        return new ChunkTable(chunks.get(chunkIndex), table.extents(), entries);
    }

    @Override
    public Optional<Digest> computeContentDigest() throws ImagingException {
        RepositoryDigests.Content content = new RepositoryDigests.Content(info.spec());
        for (int i = 0; i < chunks.size(); i++) {
            ChunkTable table = table(i);
            table.frames().forEach(entry -> content.add(entry.frame(), table.extents()));
        }
        return Optional.of(content.digest());
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        file.repository().frame(file.reference(), entry.frame(), entry.fileOffset(), target);
    }

    /** {@inheritDoc} What the manifest says was checked when it was opened; here the content digest is. */
    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        Digest computed;
        try {
            computed = computeContentDigest().orElseThrow();
        } catch (ImageDamagedException | ImageReadException e) {
            // told with the chunk it is in
            return;
        }
        if (!computed.equals(info.digests().content())) {
            damages.accept(new Damage(0, file.length(), Optional.empty(), "the content digest is said to be " + info.digests().content()
                    + ", that of the tables is " + computed));
        }
    }

    /** {@inheritDoc} There is nothing but the table and the stored bytes. */
    @Override
    public void checkChunk(ChunkTable table, Consumer<Damage> damages) {
        // the table was checked when it was read
    }

    @Override
    public void close() {
        // the file is the caller's
    }

    private ImageDamagedException damaged(String reason) {
        return new ImageDamagedException(file.reference(), -1, reason, null);
    }
}
