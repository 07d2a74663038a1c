package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;

/** Does with an image what a verifying program does, decompression apart, and collects all that is found. */
public final class Verification {
    private final List<Damage> found = new ArrayList<>();
    private boolean opened;

    public static Verification of(byte[] image) throws ImagingException {
        return of(MemoryFile.of(image));
    }

    public static Verification of(MemoryFile file) throws ImagingException {
        Verification inspection = new Verification();
        try (ImageReader reader = new SkzFormat().open(file, TestImage.CODECS)) {
            inspection.opened = true;
            inspection.check(reader);
        } catch (ImageDamagedException e) {
            inspection.found.add(new Damage(e.offset(), 0, Optional.empty(), e.getMessage()));
        } catch (ImageFormatException e) {
            inspection.found.add(new Damage(e.offset(), 0, Optional.empty(), e.getMessage()));
        }
        return inspection;
    }

    private void check(ImageReader reader) throws ImagingException {
        reader.checkStructure(found::add);
        for (int i = 0; i < reader.chunkCount(); i++) {
            try {
                ChunkTable table = reader.table(i);
                reader.checkChunk(table, found::add);
                for (FrameEntry entry : table.frames()) {
                    checkStored(reader, entry);
                }
            } catch (ImageDamagedException e) {
                found.add(new Damage(e.offset(), 0,
                        Optional.of(new Extent(reader.chunk(i).deviceOffset(), reader.chunk(i).deviceLength())),
                        e.getMessage()));
            }
        }
    }

    private void checkStored(ImageReader reader, FrameEntry entry) throws ImagingException {
        ByteBuffer stored = ByteBuffer.allocateDirect(entry.frame().storedLength());
        reader.readStored(entry, stored);
        if (TestImage.crc(stored.flip()) != entry.frame().storedCrc32c()) {
            found.add(new Damage(entry.fileOffset(), entry.frame().storedLength(),
                    Optional.of(new Extent(entry.frame().frameIndex() * TestImage.FRAME, entry.frame().contentLength())),
                    "CRC-32C of the stored bytes"));
        }
    }

    public boolean opened() {
        return opened;
    }

    public List<Damage> found() {
        return found;
    }

    /** Says whether something was found in {@code part} and nothing in any other place. */
    public boolean locates(ImageLayout.Part part) {
        return !found.isEmpty() && found.stream().allMatch(damage -> damage.fileOffset() >= part.offset()
                && damage.fileOffset() < part.end());
    }
}
