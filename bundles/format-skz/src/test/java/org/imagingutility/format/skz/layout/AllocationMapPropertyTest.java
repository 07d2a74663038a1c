package org.imagingutility.format.skz.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** The allocation map, for any extents. */
class AllocationMapPropertyTest {
    private static final long CHUNK = 1L << 40;

    @Property(tries = 300)
    void readsBackAnyExtents(@ForAll @IntRange(max = 20) int shift,
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 8000) Long> numbers,
            @ForAll @LongRange(max = 1L << 60) long chunkOffset) throws ImageDamagedException {
        ExtentList.Builder builder = new ExtentList.Builder();
        long position = chunkOffset;
        for (int i = 0; i + 1 < numbers.size() || i == 0; i += 2) {
            position += i == 0 ? 0 : numbers.get(i) << shift;
            long length = numbers.get(Math.min(i + 1, numbers.size() - 1)) << shift;
            builder.add(position, length);
            position += length;
        }
        ExtentList extents = builder.build();
        byte[] map = AllocationMap.encode(extents, chunkOffset);
        assertThat(AllocationMap.decode(map, extents.count(), chunkOffset, CHUNK, source())).isEqualTo(extents);
        assertThat(AllocationMap.decode(map, extents.count(), chunkOffset, position - chunkOffset, source()))
                .isEqualTo(extents);
    }

    private static StructureReader source() throws ImageDamagedException {
        ByteBuffer structure = StructureWriter.onHeap().begin(StructureKind.FOOTER).u64(0).end();
        return new StructureReader(structure, StructureKind.FOOTER, new ImagePosition("test", 0));
    }
}
