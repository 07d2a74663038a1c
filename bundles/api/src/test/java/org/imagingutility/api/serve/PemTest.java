package org.imagingutility.api.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {
    @TempDir
    private Path folder;

    @Test
    void keysAreReadInBothFormsWithTextAroundThem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate();
        byte[] encoded = key.getEncoded();
        // PKCS #8 of such a key is 26 bytes and the key by PKCS #1
        assertThat(Pem.privateKey(file("PRIVATE KEY", encoded), "RSA")).isEqualTo(key);
        assertThat(Pem.privateKey(file("RSA PRIVATE KEY", Arrays.copyOfRange(encoded, 26, encoded.length)), "RSA")).isEqualTo(key);
        assertThatThrownBy(() -> Pem.privateKey(file("ENCRYPTED PRIVATE KEY", encoded), "RSA")).isInstanceOf(IOException.class)
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> Pem.privateKey(file("CERTIFICATE", encoded), "RSA")).isInstanceOf(IOException.class)
                .hasMessageContaining("no private key");
        assertThatThrownBy(() -> Pem.certificates(file("PRIVATE KEY", encoded))).isInstanceOf(IOException.class)
                .hasMessageContaining("no certificate");
    }

    private Path file(String label, byte[] content) throws IOException {
        return Files.writeString(folder.resolve("key.pem"), "Public Key Info:\n-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + label + "-----\n");
    }
}
