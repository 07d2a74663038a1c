package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadMapFileTest {
    private static final String HEAD = "# Mapfile. Created by GNU ddrescue version 1.27\n# current_pos  current_status\n";

    @TempDir
    Path folder;

    /** The example of the ddrescue manual, chapter "Mapfile structure". */
    @Test
    void readsTheExampleOfTheDdrescueManual() throws Exception {
        BadMapFile map = read(HEAD + "0x00120000     ?               1\n"
                + "#      pos        size  status\n0x00000000  0x00117000  +\n0x00117000  0x00000200  -\n0x00117200  0x00001000  /\n"
                + "0x00118200  0x00007E00  *\n0x00120000  0x00048000  ?\n");
        assertThat(map.end()).isEqualTo(0x168000);
        assertThat(map.notFinished(0x168000)).isEqualTo(new ExtentList.Builder().add(0x117000, 0x51000).build());
    }

    @Test
    void whatTheMapLeavesOutIsNotFinished() throws Exception {
        BadMapFile map = read("0 +\n 4096 512 +\n");
        assertThat(map.notFinished(8192)).isEqualTo(new ExtentList.Builder().add(0, 4096).add(4608, 3584).build());
        assertThat(map.notFinished(4300)).isEqualTo(new ExtentList.Builder().add(0, 4096).build());
    }

    @Test
    void readsDecimalOctalAndCommentsAtTheEndOfLines() throws Exception {
        BadMapFile map = read("010 ? # status\n\n0 010 +# eight\n8 8 -\n0x10 0X10 +");
        assertThat(map.notFinished(32)).isEqualTo(new ExtentList.Builder().add(8, 8).build());
    }

    @ParameterizedTest
    @CsvSource({"'', no status line", "'0 +', no block", "'0 + 1 2', line 1", "'0 +\n0 512', line 2", "'0 +\n0 512 x', line 2",
        "'0 +\n0 512 ++', line 2", "'0 +\n0 0 +', line 2", "'0 +\n-1 5 +', line 2", "'0 +\n0 512 +\n511 512 +', line 3",
        "'0 +\n0 512 +\n513 512 +', line 3", "'0 +\n0 9223372036854775808 +', line 2", "'0 +\n1 9223372036854775807 +', line 2",
        "'0 +\n0x 1 +', line 2", "'0 +\n0x-1 1 +', line 2", "'0 +\n0 089 +', line 2", "'x +', line 1"})
    void refusesWhatIsNoMapWithTheLine(String text, String expected) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UsageException.class).hasMessageContaining(expected);
    }

    @Test
    void refusesALineWithoutEndBeforeItFillsTheMemory() {
        assertThatThrownBy(() -> read("0 +\n" + "1".repeat(100_000))).isInstanceOf(UsageException.class)
                .hasMessageContaining("line 2").hasMessageContaining("longer");
    }

    @Test
    void aMissingMapIsAUsageError() {
        assertThatThrownBy(() -> BadMapFile.read(folder.resolve("none").toString())).isInstanceOf(UsageException.class);
    }

    @Test
    void anyMapGivesExactlyWhatItDoesNotCallFinished() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder(HEAD).append("0x0 +\n");
            ExtentList.Builder expected = new ExtentList.Builder();
            long position = 0;
            for (int i = 1 + random.nextInt(50); i > 0; i--) {
                long size = 1 + random.nextInt(1 << random.nextInt(20));
                char status = "?*/-+".charAt(random.nextInt(5));
                text.append(String.format("0x%08X  0x%08X  %c%n", position, size, status));
                if (status != '+') {
                    expected.add(position, size);
                }
                position += size;
            }
            assertThat(read(text.toString()).notFinished(position)).as("seed %d, round %d", seed, round).isEqualTo(expected.build());
        }
    }

    @Test
    void hostileBytesAreRefusedNeverAnythingElse() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        String valid = "0x00 +\n0x0 0x1000 +\n0x1000 0x200 -\n0x1200 0x800 +\n";
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = valid.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("hostile"), bytes);
            try {
                ExtentList left = BadMapFile.read(file.toString()).notFinished(0x1A00);
                assertThat(left.totalLength()).as("seed %d, round %d", seed, round).isBetween(0L, 0x1A00L);
            } catch (UsageException e) {
                assertThat(e).hasMessageContaining("line");
            }
        }
    }

    private BadMapFile read(String text) throws IOException, UsageException {
        return BadMapFile.read(Files.writeString(folder.resolve("map"), text).toString());
    }
}
