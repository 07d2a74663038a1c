package org.imagingutility.format.skz.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.imagingutility.api.ExtentList;

/** The windows that some extents touch, for any extents. */
class FrameWindowsPropertyTest {

    @Property(tries = 300)
    void areThoseOfEachByte(@ForAll @Size(max = 40) List<@IntRange(min = 1, max = 50) Integer> numbers) {
        ExtentList.Builder builder = new ExtentList.Builder();
        TreeSet<Long> expected = new TreeSet<>();
        long position = 0;
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            position += numbers.get(i);
            builder.add(position, numbers.get(i + 1));
            for (int j = 0; j < numbers.get(i + 1); j++) {
                expected.add(position++ / 16);
            }
        }
        ExtentList extents = builder.build();
        List<Long> windows = new ArrayList<>();
        FrameWindows found = new FrameWindows(extents, 16);
        while (found.hasNext()) {
            windows.add(found.next());
        }
        assertThat(windows).containsExactlyElementsOf(expected);
        assertThat(FrameWindows.count(extents, 16)).isEqualTo(expected.size());
    }
}
