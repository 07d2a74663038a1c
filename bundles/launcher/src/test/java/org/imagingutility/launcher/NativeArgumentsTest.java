package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.imagingutility.launcher.NativeArguments.NotRepresentableException;
import org.junit.jupiter.api.Test;

class NativeArgumentsTest {
    private static final byte[] CYRILLIC = "ключ.raw".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LATIN = "latin\u00fc.raw".getBytes(StandardCharsets.ISO_8859_1);

    /** As Java does: what a character set does not have becomes a question mark (ASCII) or the replacement character. */
    private static String asJavaReads(byte[] argument, Charset charset) {
        String text = new String(argument, charset);
        return charset.equals(StandardCharsets.US_ASCII) ? text.replace('\ufffd', '?') : text;
    }

    private static void check(Charset charset, byte[]... arguments) throws NotRepresentableException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("java\0-cp\0lib/ключ/*\0org.Main\0".getBytes(StandardCharsets.UTF_8));
        String[] read = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            line.writeBytes(arguments[i]);
            line.write(0);
            read[i] = asJavaReads(arguments[i], charset);
        }
        new NativeArguments(line.toByteArray(), charset).require(read);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void takesWhatTheLocaleHas() throws Exception {
        check(StandardCharsets.UTF_8, ascii("image"), CYRILLIC, ascii(""), ascii("a?b"));
        check(StandardCharsets.ISO_8859_1, LATIN, CYRILLIC);
        check(StandardCharsets.US_ASCII, ascii("image"), ascii(""), ascii("?"));
        check(StandardCharsets.UTF_8, "\ufffd".getBytes(StandardCharsets.UTF_8));
        check(StandardCharsets.UTF_8);
    }

    @Test
    void refusesWhatItDoesNotHaveWithThePlaceAndTheRemedy() {
        assertThatThrownBy(() -> check(StandardCharsets.US_ASCII, ascii("image"), CYRILLIC))
                .isInstanceOf(NotRepresentableException.class).hasMessageContaining("argument 2").hasMessageContaining("US-ASCII")
                .satisfies(e -> assertThat(((NotRepresentableException) e).remedy()).contains("LC_ALL=C.UTF-8"));
        assertThatThrownBy(() -> check(StandardCharsets.UTF_8, LATIN, ascii("verify"))).isInstanceOf(NotRepresentableException.class)
                .hasMessageContaining("argument 1")
                .satisfies(e -> assertThat(((NotRepresentableException) e).remedy()).contains("symbolic link"));
        assertThatThrownBy(() -> check(StandardCharsets.US_ASCII, LATIN)).isInstanceOf(NotRepresentableException.class);
    }

    @Test
    void theFolderAndArgumentsOfThisProcessAreText() throws Exception {
        NativeArguments.check(new String[0]);
    }

    @Test
    void onWindowsRefusesWhatMayHaveBeenACharacterThatIsLost() throws Exception {
        NativeArguments.requireNoReplacements(new String[] {"image", "\\\\?\\C:\\volume.img", "\\\\?\\Volume{0}", ""});
        for (String argument : new String[] {"?.img", "C:\\a?b", "\\\\?\\C:\\a?b", "?"}) {
            assertThatThrownBy(() -> NativeArguments.requireNoReplacements(new String[] {"image", argument}))
                    .isInstanceOf(NotRepresentableException.class).hasMessageContaining("argument 2").hasMessageContaining(argument)
                    .satisfies(e -> assertThat(((NotRepresentableException) e).remedy()).contains("ImagingUtility.exe"));
        }
    }
}
