package org.imagingutility.format.skz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.junit.jupiter.api.Test;

/** What was written is what is read. */
public class RoundTripTest {
    private final SkzFormat format = new SkzFormat();

    @Test
    void readsBackWhatWasWritten() throws ImagingException {
        for (TestImage image : List.of(TestImage.small(1), TestImage.withTailGap(2), TestImage.many(5))) {
            MemoryFile file = new MemoryFile(true);
            image.write(file);
            assertThat(format.recognises(file)).isTrue();
            try (ImageReader reader = format.open(file, TestImage.CODECS)) {
                assertThat(TestImage.restore(reader)).isEqualTo(image.device());
                assertThat(damages(reader)).isEmpty();
                assertThat(reader.info().stockCommand()).contains("zstd -d");
                assertThat(reader.info().spec()).isEqualTo(image.spec());
                assertThat(reader.info().statistics()).isEqualTo(TestImage.STATISTICS);
                for (int i = 0; i < reader.chunkCount(); i++) {
                    assertThat(reader.table(i).extents()).isEqualTo(image.plans().get(i).extents());
                }
            }
        }
    }

    /** Returns all that the checks of the reader report. */
    public static List<Damage> damages(ImageReader reader) throws ImagingException {
        List<Damage> damages = new ArrayList<>();
        reader.checkStructure(damages::add);
        for (int i = 0; i < reader.chunkCount(); i++) {
            reader.checkChunk(reader.table(i), damages::add);
        }
        return damages;
    }
}
