package org.imagingutility.format.skz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.support.ExampleImage;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.junit.jupiter.api.Test;

/** Format 1.0 as it was published: the image in the specification, the one kept here and the one written are the same. */
class ExampleImageTest {
    private static final Path SPECIFICATION = Path.of("..", "..", "docs", "image-format.md");
    /** A line of the dump: offset, bytes, then what they mean. */
    private static final Pattern DUMP_LINE = Pattern.compile("^([0-9a-f]{4})  ((?:[0-9a-f]{2} )+) .*$");

    @Test
    void isWrittenAsItWasWhenTheFormatWasPublished() throws ImagingException, IOException {
        assertThat(ExampleImage.image()).isEqualTo(golden());
    }

    @Test
    void isStillRead() throws ImagingException, IOException {
        try (ImageReader reader = new SkzFormat().open(MemoryFile.of(golden()), TestImage.CODECS)) {
            assertThat(TestImage.restore(reader)).isEqualTo(ExampleImage.device());
            assertThat(RoundTripTest.damages(reader)).isEmpty();
            assertThat(reader.info().formatVersion()).isEqualTo(1);
            assertThat(reader.info().spec().metadata().text("device.model")).contains("Example");
        }
    }

    @Test
    void standsInTheSpecificationByteByByte() throws IOException {
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        for (String line : Files.readAllLines(SPECIFICATION)) {
            Matcher matcher = DUMP_LINE.matcher(line);
            if (matcher.matches()) {
                assertThat(Integer.parseInt(matcher.group(1), 16)).as(line).isEqualTo(dump.size());
                dump.writeBytes(HexFormat.of().parseHex(matcher.group(2).replace(" ", "")));
            }
        }
        assertThat(dump.toByteArray()).isEqualTo(golden());
    }

    static byte[] golden() throws IOException {
        try (InputStream in = ExampleImageTest.class.getResourceAsStream("/skz-1.0-example.skzimg")) {
            return in.readAllBytes();
        }
    }
}
