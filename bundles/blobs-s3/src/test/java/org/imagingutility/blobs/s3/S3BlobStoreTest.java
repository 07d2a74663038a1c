package org.imagingutility.blobs.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes wrong with a server that is as it should be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3BlobStoreTest {
    private S3Server server;

    @BeforeAll
    void start() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    private static BlobStore open(String reference, Map<String, String> environment) throws ImagingException {
        return new S3BlobStoreProvider(new S3Settings(), environment, Path.of("nobody")).open(reference);
    }

    private static void everyCallFails(BlobStore store, Reason reason, String text) {
        for (ThrowingCallable call : new ThrowingCallable[] {() -> store.stat("a"), () -> store.list("", "", 1), () -> store.delete("a"),
            () -> store.putIfAbsent("a", ByteBuffer.allocate(10)), () -> store.get("a", 0, ByteBuffer.allocate(10))}) {
            assertThatThrownBy(call).isInstanceOfSatisfying(BlobException.class, e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e).hasMessageContaining(text);
                assertThat(e.remedy()).isPresent();
                assertThat(e).hasMessageNotContaining("secret");
            });
        }
    }

    @Test
    void aBucketThatIsNotThereIsSaid() throws Exception {
        everyCallFails(open("s3://not-there/x", server.environment()), Reason.FAILED, "NoSuchBucket");
    }

    @Test
    void wrongCredentialsAreDenied() throws Exception {
        everyCallFails(open("s3://bucket", server.environment("unknown", "secret")), Reason.DENIED, "InvalidAccessKeyId");
        everyCallFails(open("s3://bucket", server.environment("some-access-key", "secret")), Reason.DENIED, "SignatureDoesNotMatch");
    }

    @Test
    void aServerThatIsNotThereMayComeBack() throws Exception {
        Map<String, String> environment = server.environment();
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        everyCallFails(open("s3://bucket", environment), Reason.TRANSIENT, "127.0.0.1:1 cannot be reached");
    }

    @Test
    void whatElseLiesInTheBucketIsNoObject() throws Exception {
        BlobStore whole = open("s3://bucket", server.environment());
        BlobStore place = open("s3://bucket/place", server.environment());
        BlobStore beside = open("s3://bucket/place2", server.environment());
        place.putIfAbsent("b", ByteBuffer.allocate(1));
        beside.putIfAbsent("a", ByteBuffer.allocate(1));
        open("s3://bucket/place/Large", server.environment()).putIfAbsent("c", ByteBuffer.allocate(1));
        assertThat(place.list("", "", 10)).extracting(BlobInfo::key).containsExactly("b");
        assertThat(whole.list("place/", "", 10)).extracting(BlobInfo::key).containsExactly("place/b");
    }

    @Test
    void aListOfMoreThanOneAnswerIsWhole() throws Exception {
        BlobStore many = open("s3://bucket/many", server.environment());
        List<String> keys = IntStream.range(0, 11).mapToObj(i -> String.format("k%02d", i)).toList();
        for (String key : keys) {
            many.putIfAbsent(key, ByteBuffer.allocate(1));
        }
        S3Place place = S3Place.of(S3Reference.of("s3://bucket/many"), new S3Settings().values(), server.environment(), Path.of("nobody"));
        S3Client client = new S3Client(S3Client.http(Duration.ofSeconds(20)), place, Duration.ofSeconds(60), Clock.systemUTC());
        assertThat(new S3List(client, "k", "", 100, 3).objects()).extracting(BlobInfo::key).isEqualTo(keys);
        assertThat(new S3List(client, "", "k03", 5, 2).objects()).extracting(BlobInfo::key).isEqualTo(keys.subList(4, 9));
    }
}
