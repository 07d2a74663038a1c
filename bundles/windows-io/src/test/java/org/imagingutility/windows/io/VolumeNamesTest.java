package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolumeNamesTest {
    private static final String ONE = "\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}\\";
    private static final String OTHER = "\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000066}\\";
    private final FakeWindows windows = new FakeWindows();
    private final VolumeNames names = new VolumeNames(windows.kernel());

    @Test
    void listsAllVolumesAndNoneWhereThereIsNone() throws Exception {
        assertThat(names.all()).isEmpty();
        windows.volumes.addAll(List.of(ONE, OTHER));
        assertThat(names.all()).containsExactly(ONE, OTHER);
    }

    @Test
    void mountPointsHaveLettersFirstAndAsMuchRoomAsTheyNeed() throws Exception {
        String deep = "C:\\" + "folder\\".repeat(100);
        windows.mountPoints.put(ONE, List.of(deep, "D:\\", "C:\\mnt\\"));
        assertThat(names.mountPoints(ONE)).containsExactly("D:\\", "C:\\mnt\\", deep);
        assertThat(names.mountPoints(OTHER)).isEmpty();
    }

    @Test
    void namesOfDosHaveAsMuchRoomAsTheyNeed() throws Exception {
        windows.dosNames.addAll(IntStream.range(0, 10_000).mapToObj(i -> "Name" + i).toList());
        assertThat(names.dosNames()).hasSize(10_000).contains("Name9999");
    }

    @Test
    void textsAreReadUpToTheirEndOnly() {
        NativeBuffer memory = NativeBuffer.ofText(windows.kernel(), 4);
        memory.bytes().putChar(0, 'a').putChar(2, 'b').putChar(4, 'c').putChar(6, 'd');
        assertThat(memory.text()).as("no 0 at the end").isEqualTo("abcd");
        assertThat(WideText.texts(memory.bytes())).containsExactly("abcd");
        assertThat(WideText.bytes("\u00c4")).containsExactly(0xC4, 0, 0, 0);
    }
}
