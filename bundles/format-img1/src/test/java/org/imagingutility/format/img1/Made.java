package org.imagingutility.format.img1;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** An image as the C# tool writes it, of a device whose content is known. */
final class Made {
    static final int SECTOR = 512;
    final byte[] device;
    private final int version;
    private final int chunkSize;
    private final List<int[]> ranges = new ArrayList<>();

    /** Creates an image of {@code deviceLength} bytes without chunks. */
    Made(int version, int chunkSize, int deviceLength) {
        this.version = version;
        this.chunkSize = chunkSize;
        this.device = new byte[deviceLength];
    }

    /** Adds a chunk with content that depends on {@code seed}; every fourth KiB is zeros. */
    Made chunk(int offset, int length, long seed) {
        byte[] content = new byte[length];
        Random random = new Random(seed);
        for (int i = 0; i < length; i++) {
            content[i] = (i >> 10) % 4 == 3 ? 0 : (byte) random.nextInt(16);
        }
        System.arraycopy(content, 0, device, offset, length);
        return zeros(offset, length);
    }

    /** Adds a chunk of what the device has there now. */
    Made zeros(int offset, int length) {
        ranges.add(new int[] {offset, length});
        return this;
    }

    /** Returns the chunks: offset and length each. */
    List<int[]> ranges() {
        return ranges;
    }

    /** Returns how many bytes the header has. */
    int headerLength() {
        return version == 1 ? 16 : version == 2 ? 24 : 32;
    }

    /** Returns the bytes of the image. */
    byte[] bytes() {
        List<byte[]> payloads = ranges.stream().map(range -> Zstd.compress(
                Arrays.copyOfRange(device, range[0], range[0] + range[1]), 1)).toList();
        return bytes(payloads);
    }

    /** Returns the bytes of an image with these payloads. */
    byte[] bytes(List<byte[]> payloads) {
        int size = headerLength() + payloads.stream().mapToInt(payload -> payload.length + Chunk.HEAD + 24).sum() + 20;
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put("IMG1".getBytes(StandardCharsets.US_ASCII)).putInt(version).putInt(SECTOR).putInt(chunkSize);
        if (version >= 2) {
            out.putLong(device.length);
        }
        if (version >= 3) {
            out.putInt(4).put("NTFS".getBytes(StandardCharsets.US_ASCII));
        }
        long[] offsets = new long[payloads.size()];
        for (int i = 0; i < payloads.size(); i++) {
            int[] range = ranges.get(i);
            out.putInt(i).putLong(range[0]).putInt(range[1]).putInt(payloads.get(i).length);
            out.put(FrameProofs.sha256().digest(Arrays.copyOfRange(device, range[0], range[0] + range[1])));
            offsets[i] = out.position();
            out.put(payloads.get(i));
        }
        long index = out.position();
        out.put("IDX1".getBytes(StandardCharsets.US_ASCII)).putInt(payloads.size());
        for (int i = 0; i < payloads.size(); i++) {
            out.putLong(ranges.get(i)[0]).putLong(offsets[i]).putInt(ranges.get(i)[1]).putInt(payloads.get(i).length);
        }
        out.put("TAIL".getBytes(StandardCharsets.US_ASCII)).putLong(index);
        return out.array();
    }
}
