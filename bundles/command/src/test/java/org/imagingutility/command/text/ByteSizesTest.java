package org.imagingutility.command.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "512B, 512", "4K, 4096", "4k, 4096", "4KB, 4096", "4KiB, 4096", "4M, 4194304",
        "1g, 1073741824", "2TiB, 2199023255552", "8388607T, 9223370937343148032"})
    void readsWholeNumbersWithUnits(String text, long bytes) {
        assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "+1", "1.5M", "1,5M", "M", "4X", "4MM", "4 M", "0x10", "1e3", "4iB", "NaN", "\u0664"})
    void refusesWhatIsNoWholeNumberOfBytes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSizes.parse(text)).withMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8388608T", "9223372036854775808", "99999999999999999999999T", "18014398509481984K"})
    void refusesWhatOverflows(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSizes.parse(text)).withMessageContaining("too large");
    }

    @Property(tries = 200)
    void readsEveryNumberOfBytesBack(@ForAll @LongRange(min = 0) long bytes) {
        assertThat(ByteSizes.parse(Long.toString(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 200)
    void eitherGivesTheExactProductOrRefuses(@ForAll @LongRange(min = 0) long number, @ForAll @IntRange(max = 3) int unit) {
        BigInteger exact = BigInteger.valueOf(number).shiftLeft(10 * (unit + 1));
        String text = number + "KMGT".substring(unit, unit + 1);
        if (exact.bitLength() < 64) {
            assertThat(ByteSizes.parse(text)).isEqualTo(exact.longValueExact());
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> ByteSizes.parse(text));
        }
    }

    @Property(tries = 200)
    void showsEverySizeWithinHalfAUnitOfTheLastDigit(@ForAll @LongRange(min = 0) long bytes) {
        String[] shown = ByteSizes.format(bytes).split(" ");
        int unit = java.util.List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB").indexOf(shown[1]);
        double size = Math.pow(1024, unit);
        assertThat(Double.parseDouble(shown[0]) * size).isBetween(bytes - 0.0501 * size, bytes + 0.0501 * size);
        assertThat(Double.parseDouble(shown[0])).isLessThan(1024);
    }

    @Example
    void showsSizesInTheirUnit() {
        assertThat(ByteSizes.format(0)).isEqualTo("0 B");
        assertThat(ByteSizes.format(1023)).isEqualTo("1023 B");
        assertThat(ByteSizes.format(1024)).isEqualTo("1.0 KiB");
        assertThat(ByteSizes.format(1024 * 1024 - 1)).isEqualTo("1.0 MiB");
        assertThat(ByteSizes.format(13_207_024_435L)).isEqualTo("12.3 GiB");
        assertThat(ByteSizes.format(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
        assertThat(ByteSizes.formatExactly(4096)).isEqualTo("4.0 KiB (4096 bytes)");
        assertThat(ByteSizes.formatRate(1 << 20, 500_000_000)).isEqualTo("2.0 MiB/s");
        assertThat(ByteSizes.formatRate(1, 0)).isEqualTo("-");
    }
}
