package org.imagingutility.launcher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
    @TempDir
    private Path conf;

    @Test
    void isOffWithoutAFileOrIfItSaysSo() throws IOException {
        assertThat(Policy.read(conf)).isEmpty();
        write("signed-bundles-only = false\n");
        assertThat(Policy.read(conf)).isEmpty();
    }

    @Test
    void isAnErrorWhereItIsNotClear() throws IOException {
        refuses("", "must be true or false");
        refuses("signed-bundles-only = yes\ntrusted = t.pem\n", "must be true or false");
        refuses("signed-bundles-only = true\n", "trusted must name");
        refuses("signed-bundles-only = true\ntrusted = none.pem\n", "none.pem");
        refuses("signed-bundles-only = true\ntrsuted = t.pem\n", "trsuted");
        Files.writeString(conf.resolve("empty.pem"), "");
        refuses("signed-bundles-only = true\ntrusted = empty.pem\n", "no certificate");
        Files.writeString(conf.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        refuses("signed-bundles-only = true\ntrusted = bad.pem\n", "bad.pem");
        Files.writeString(conf.resolve("bad.p12"), "no key store");
        refuses("signed-bundles-only = true\ntrusted = bad.p12\n", "bad.p12");
    }

    private void refuses(String text, String why) throws IOException {
        write(text);
        assertThatExceptionOfType(IOException.class).as(text).isThrownBy(() -> Policy.read(conf)).withMessageContaining(why);
    }

    private void write(String text) throws IOException {
        Files.writeString(conf.resolve("acceptance.properties"), text);
    }
}
