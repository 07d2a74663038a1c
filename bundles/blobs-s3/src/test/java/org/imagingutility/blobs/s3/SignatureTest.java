package org.imagingutility.blobs.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of "Signature Calculations for the Authorization Header", Amazon S3 API Reference. */
class SignatureTest {
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
    private static final String NOTHING = Signature.sha256(ByteBuffer.allocate(0));
    private final Credentials credentials = new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "", "Amazon");
    private final Signature signature = new Signature(credentials, "us-east-1");

    private Map<String, String> sign(String method, String uri, Map<String, String> headers, String body) {
        return signature.sign(method, URI.create("https://examplebucket.s3.amazonaws.com" + uri), headers, body, TIME);
    }

    @Test
    void ofAnObjectInPart() {
        assertThat(sign("GET", "/test.txt", Map.of("range", "bytes=0-9"), NOTHING)).containsEntry("authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void ofAPut() {
        String body = Signature.sha256(ByteBuffer.wrap("Welcome to Amazon S3.".getBytes(StandardCharsets.US_ASCII)));
        assertThat(sign("PUT", "/test%24file.text", Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                body).get("authorization")).endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void ofParameters() {
        assertThat(sign("GET", "/?lifecycle=", Map.of(), NOTHING).get("authorization"))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        assertThat(sign("GET", "/?max-keys=2&prefix=J", Map.of(), NOTHING).get("authorization"))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void temporaryCredentialsBringTheirToken() {
        Signature temporary = new Signature(new Credentials("key", "secret", "token", "Amazon"), "us-east-1");
        Map<String, String> headers = temporary.sign("GET", URI.create("http://localhost:9000/"), Map.of(), NOTHING, TIME);
        assertThat(headers).containsEntry("x-amz-security-token", "token");
        assertThat(headers.get("authorization")).contains("x-amz-security-token").doesNotContain("secret");
    }
}
