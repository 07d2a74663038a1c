package org.imagingutility.format.img1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;

/** Reads a whole image as an engine does, with all it checks. */
final class Contents {
    final byte[] device;
    final List<String> damages = new ArrayList<>();
    /** Offset and length on the device of what cannot be had. */
    final List<long[]> lost = new ArrayList<>();
    final ExtentList.Builder used = new ExtentList.Builder();

    Contents(ImageReader reader) throws ImagingException {
        device = new byte[Math.toIntExact(reader.info().spec().deviceLength())];
        reader.checkStructure(damage -> damages.add(damage.reason()));
        long end = 0;
        for (int i = 0; i < reader.chunkCount(); i++) {
            ChunkInfo chunk = reader.chunk(i);
            assertThat(chunk.chunkIndex()).isEqualTo(i);
            assertThat(chunk.deviceOffset()).isGreaterThanOrEqualTo(end);
            assertThat(chunk.deviceLength()).isPositive().isLessThanOrEqualTo(
                    Math.max(reader.info().spec().chunkSize(), chunk.frameCount() == 0 ? Long.MAX_VALUE : 0));
            end = chunk.deviceOffset() + chunk.deviceLength();
            assertThat(reader.findChunk(chunk.deviceOffset())).isEqualTo(i);
            assertThat(reader.findChunk(end - 1)).isEqualTo(i);
            table(reader, chunk);
        }
        assertThat(end).isLessThanOrEqualTo(device.length);
    }

    private void table(ImageReader reader, ChunkInfo chunk) throws ImagingException {
        ChunkTable table;
        try {
            table = reader.table(chunk.chunkIndex());
        } catch (ImageDamagedException e) {
            damages.add(e.reason());
            lost.add(new long[] {chunk.deviceOffset(), chunk.deviceLength()});
            return;
        }
        reader.checkChunk(table, (Damage damage) -> damages.add(damage.reason()));
        assertThat(table.frames()).hasSize(chunk.frameCount());
        for (FrameEntry entry : table.frames()) {
            byte[] content = checked(reader, entry);
            long at = entry.frame().frameIndex() * reader.info().spec().frameSize();
            assertThat(at).isBetween(chunk.deviceOffset(), chunk.deviceOffset() + chunk.deviceLength() - 1);
            System.arraycopy(content, 0, device, (int) at, content.length);
        }
        for (int i = 0; i < table.extents().count(); i++) {
            used.add(table.extents().offset(i), table.extents().length(i));
        }
    }

    /** Returns the content of a frame, which is what its description says. */
    static byte[] checked(ImageReader reader, FrameEntry entry) throws ImagingException {
        ByteBuffer stored = ByteBuffer.allocateDirect(entry.frame().storedLength());
        reader.readStored(entry, stored);
        assertThat(stored.remaining()).isZero();
        CRC32C crc = new CRC32C();
        crc.update(stored.flip());
        assertThat((int) crc.getValue()).isEqualTo(entry.frame().storedCrc32c());
        byte[] content = new byte[stored.flip().remaining()];
        stored.get(content);
        assertThat(content).hasSize(reader.info().spec().contentLength(entry.frame().frameIndex()));
        assertThat(Digest.of(FrameProofs.sha256().digest(content))).isEqualTo(entry.frame().contentDigest());
        return content;
    }
}
