package org.imagingutility.blobs.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.error.BlobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3PlaceTest {
    private static final Map<String, String> KEYS = Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "hidden");
    @TempDir
    private Path home;

    private S3Place place(String reference, Map<String, String> settings, Map<String, String> environment) throws BlobException {
        S3Settings given = new S3Settings();
        Map<String, String> values = new HashMap<>();
        given.settings().forEach(one -> values.put(one.key(), one.check(settings.getOrDefault(one.key(), one.defaultValue()))));
        given.apply(values);
        return S3Place.of(S3Reference.of(reference), given.values(), environment, home);
    }

    private void profiles() throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/credentials"), "# mine\n[default]\naws_access_key_id = d\naws_secret_access_key=hidden\n\n"
                + "[backup]\naws_access_key_id=b\naws_secret_access_key=hidden\naws_session_token=t\n[half]\naws_access_key_id=h\n");
        Files.writeString(home.resolve(".aws/config"), "[default]\nregion=eu-west-1\n[profile backup]\nregion = eu-north-1\n"
                + "endpoint_url = http://backup.example:9000/\ns3 =\n  addressing_style = virtual\n[sso-session x]\nregion=none\n");
    }

    @Test
    void atAmazonTheBucketIsInTheHost() throws Exception {
        S3Place place = place("s3://bucket/a/b", Map.of("s3.region", "eu-central-1"), KEYS);
        assertThat(place.object("c/d")).hasToString("https://bucket.s3.eu-central-1.amazonaws.com/a/b/c/d");
        assertThat(place.bucket(new TreeMap<>(Map.of("prefix", "a/b", "list-type", "2"))))
                .hasToString("https://bucket.s3.eu-central-1.amazonaws.com/?list-type=2&prefix=a%2Fb");
    }

    @Test
    void elsewhereItIsInThePath() throws Exception {
        Map<String, String> minio = Map.of("s3.endpoint", "https://minio.example:9000/");
        assertThat(place("s3://bucket", minio, KEYS).object("c")).hasToString("https://minio.example:9000/bucket/c");
        assertThat(place("s3://bucket", minio, KEYS).bucket(new TreeMap<>())).hasToString("https://minio.example:9000/bucket");
        assertThat(place("s3://bucket/", Map.of("s3.endpoint", "http://[::1]:9000", "s3.style", "host"), KEYS).path()).isEqualTo("/");
        assertThat(place("s3://with.dot", Map.of(), KEYS).object("c")).hasToString("https://s3.us-east-1.amazonaws.com/with.dot/c");
    }

    @Test
    void theEnvironmentGoesBeforeTheUsualProfile() throws Exception {
        profiles();
        Map<String, String> all = new HashMap<>(KEYS);
        all.put("AWS_REGION", "ap-south-1");
        all.put("AWS_PROFILE", "backup");
        S3Place place = place("s3://bucket", Map.of(), all);
        assertThat(place.credentials().accessKey()).isEqualTo("key");
        assertThat(place.region()).isEqualTo("ap-south-1");
        assertThat(place("s3://bucket", Map.of(), Map.of()).credentials().accessKey()).isEqualTo("d");
        assertThat(place("s3://bucket", Map.of(), Map.of()).region()).isEqualTo("eu-west-1");
        assertThat(place("s3://bucket", Map.of(), Map.of("AWS_PROFILE", "backup")).credentials().sessionToken()).isEqualTo("t");
    }

    @Test
    void aProfileOfTheReferenceGoesBeforeAll() throws Exception {
        profiles();
        S3Place place = place("s3://backup@bucket", Map.of("s3.region", "eu-central-1"), KEYS);
        assertThat(place.credentials().accessKey()).isEqualTo("b");
        assertThat(place.region()).isEqualTo("eu-north-1");
        assertThat(place.object("c")).hasToString("http://backup.example:9000/bucket/c");
        assertThat(place("s3://bucket", Map.of("s3.profile", "backup"), KEYS).credentials().accessKey()).isEqualTo("b");
    }

    @Test
    void noCredentialsAreSaidWithTheWayOut() throws Exception {
        profiles();
        assertThatThrownBy(() -> place("s3://half@bucket", Map.of(), KEYS)).isInstanceOf(BlobException.class)
                .hasMessageContaining("none of profile \"half\"");
        Files.delete(home.resolve(".aws/credentials"));
        assertThatThrownBy(() -> place("s3://bucket", Map.of(), Map.of())).isInstanceOfSatisfying(BlobException.class,
                e -> assertThat(e.remedy().orElseThrow()).contains("AWS_ACCESS_KEY_ID"));
    }

    @Test
    void secretsAreNeverShown() throws Exception {
        profiles();
        assertThat(place("s3://backup@bucket", Map.of(), KEYS).toString()).doesNotContain("hidden").contains("profile \"backup\"");
        assertThatThrownBy(() -> place("s3://bucket", Map.of(), Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "hid\nden9")))
                .isInstanceOf(BlobException.class).hasMessageNotContaining("den9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3://b", "s3://Bucket", "s3://bucket//a", "s3://bucket/../a", "s3://bucket/a b", "s3://bucket/a?x", "s3://k:s@bucket",
        "s3://bucket:9000/a", "s3://-bucket", "S3://bucket", "s3:bucket"})
    void whatIsNoPlaceIsRefused(String reference) {
        assertThatThrownBy(() -> S3Reference.of(reference)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("k:s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "http://u:p@a", "http://a/b", "http://a?b", "a", "http://a:99999"})
    void whatIsNoEndpointIsRefused(String endpoint) {
        assertThatThrownBy(() -> place("s3://bucket", Map.of("s3.endpoint", endpoint), KEYS)).isInstanceOf(IllegalArgumentException.class);
    }
}
