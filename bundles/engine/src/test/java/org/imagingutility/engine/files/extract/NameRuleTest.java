package org.imagingutility.engine.files.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.imagingutility.api.files.FileName;
import org.imagingutility.engine.files.target.TargetTraits.Names;

class NameRuleTest {
    private static final NameRule BYTES = new NameRule(Names.BYTES);
    private static final NameRule UTF8 = new NameRule(Names.UTF8);
    private static final NameRule WINDOWS = new NameRule(Names.WINDOWS);

    @Example
    void examplesOnLinux() {
        Map<String, String> names = Map.of("..", "%2E.", ".", "%2E", "a/b", "a%2Fb", "100%", "100%", "100%/", "100%25%2F", "x\0", "x%00", "a\\b:c*", "a\\b:c*",
                "", "%");
        names.forEach((name, expected) -> assertThat(BYTES.of(name, true)).as(name).isEqualTo(expected));
        String stray = FileName.utf8(new byte[] {'a', (byte) 0xFF}).text();
        assertThat(BYTES.of(stray, true)).isEqualTo(stray);
        assertThat(UTF8.of(stray, true)).isEqualTo("a%FF");
        assertThat(BYTES.of("a\uD800", false)).isEqualTo("a%ED%A0%80");
    }

    @Example
    void examplesOnWindows() {
        Map<String, String> names = Map.of("con", "co%6E", "NUL.txt", "NU%4C.txt", "COM1 .x", "COM1%20.x", "name.", "name%2E", "name ", "name%20", "a:b", "a%3Ab", "a\\b",
                "a%5Cb", "console", "console", "a\tb", "a%09b");
        names.forEach((name, expected) -> assertThat(WINDOWS.of(name, false)).as(name).isEqualTo(expected));
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> hostile = Arbitraries.strings().withChars("./\\%:*?\"<>| \0\u0001aCONcon1\uD800\uDC80\uDFFF\u00FC\u65E5").ofMaxLength(12);
        return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(300), Arbitraries.of("con", "aux.c", "lpt9", "..", ".", ""));
    }

    @Property(tries = 2000)
    void aNameOnLinuxIsOneName(@ForAll("names") String name, @ForAll boolean bytes) {
        String made = BYTES.of(name, bytes);
        assertThat(made).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\0");
        assertThat(length(made)).isLessThanOrEqualTo(255);
        assertThat(BYTES.of(made, bytes)).isEqualTo(made);
    }

    /** Bytes on the disk: a lone surrogate is one at most. */
    private static int length(String name) {
        return name.codePoints().map(each -> each >= 0xDC80 && each <= 0xDCFF ? 1 : Character.toString(each).getBytes(StandardCharsets.UTF_8).length).sum();
    }

    @Property(tries = 2000)
    void aNameOnWindowsIsOneName(@ForAll("names") String name) {
        String made = WINDOWS.of(name, false);
        assertThat(made).isNotEmpty().hasSizeLessThanOrEqualTo(255).doesNotContainPattern("[\\x00-\\x1F<>:\"/\\\\|?*]").doesNotEndWith(".").doesNotEndWith(" ");
        String base = made.split("\\.", 2)[0].stripTrailing().toUpperCase(Locale.ROOT);
        assertThat(base).doesNotMatch("CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]");
        assertThat(WINDOWS.of(made, false)).isEqualTo(made);
    }

    @Property(tries = 2000)
    void aNameThatWasChangedCanBeHadBack(@ForAll("names") String name) {
        String made = WINDOWS.of(name, false);
        boolean text = name.codePoints().noneMatch(each -> each >= 0xD800 && each <= 0xDFFF);
        if (!made.equals(name) && !name.isEmpty() && text && name.length() < 20) {
            assertThat(URLDecoder.decode(made.replace("+", "%2B"), StandardCharsets.UTF_8)).isEqualTo(name);
        }
    }

    @Property(tries = 500)
    void anotherNameIsAnother(@ForAll("names") String name) {
        String made = WINDOWS.of(name, false);
        assertThat(WINDOWS.other(made, "2")).isNotEqualTo(made).isNotEqualTo(WINDOWS.other(made, "3")).hasSizeLessThanOrEqualTo(255);
    }
}
