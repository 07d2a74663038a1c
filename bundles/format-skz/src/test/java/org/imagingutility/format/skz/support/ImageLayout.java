package org.imagingutility.format.skz.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/** The parts of an intact image, in order and without a hole between them. */
public final class ImageLayout {

    /** A structure ({@code kind} not null), the stored bytes of a frame, or a run of gap frames. */
    public record Part(StructureKind kind, String name, int offset, int length) {
        public int end() {
            return offset + length;
        }

        public boolean isStored() {
            return name.equals("stored");
        }
    }

    private final List<Part> parts = new ArrayList<>();

    public static ImageLayout of(byte[] image) throws ImagingException {
        ImageLayout layout = new ImageLayout();
        Map<Integer, Integer> stored = new TreeMap<>();
        try (ImageReader reader = new SkzFormat().open(MemoryFile.of(image), TestImage.CODECS)) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                for (FrameEntry entry : reader.table(i).frames()) {
                    stored.put((int) entry.fileOffset(), entry.frame().storedLength());
                }
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int position = 0;
        while (position < image.length) {
            StructureKind kind = kindAt(bytes, position);
            int start = position;
            if (stored.containsKey(position)) {
                position += stored.get(position);
                layout.parts.add(new Part(null, "stored", start, position - start));
            } else if (kind != null) {
                position += Structure.PREFIX_LENGTH + bytes.getInt(position + 4);
                layout.parts.add(new Part(kind, kind.tag(), start, position - start));
            } else {
                do {
                    position++;
                } while (kindAt(bytes, position) == null);
                layout.parts.add(new Part(null, "gap", start, position - start));
            }
        }
        return layout;
    }

    private static StructureKind kindAt(ByteBuffer bytes, int position) {
        for (StructureKind kind : StructureKind.values()) {
            if (bytes.capacity() - position > Structure.TAGGED_LENGTH && bytes.getInt(position) == kind.magic()
                    && bytes.getLong(position + Structure.PREFIX_LENGTH) == kind.tagBits()) {
                return kind;
            }
        }
        return null;
    }

    public List<Part> parts() {
        return parts;
    }

    public List<Part> parts(StructureKind kind) {
        return parts.stream().filter(part -> part.kind() == kind).toList();
    }

    public Part part(StructureKind kind, int number) {
        return parts(kind).get(number);
    }
}
