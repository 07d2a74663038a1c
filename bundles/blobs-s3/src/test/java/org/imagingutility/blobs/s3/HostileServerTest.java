package org.imagingutility.blobs.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lie, fail, or say nothing. */
class HostileServerTest {
    private static final String LIST = "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    private HostileServer server;
    private BlobStore store;

    @BeforeEach
    void start() throws Exception {
        server = new HostileServer();
        store = new S3BlobStoreProvider(new S3Settings(), server.environment(), Path.of("nobody")).open("s3://bucket/p");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static BlobException fails(Reason reason, ThrowingCallable call) {
        BlobException[] seen = new BlobException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobException.class, e -> {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
            assertThat(e.toString() + e.remedy() + e.getCause()).doesNotContain("hidden", "concealed");
            seen[0] = e;
        });
        return seen[0];
    }

    private static String length(String body) {
        return "Content-Length: " + body.length() + "\r\n";
    }

    private void lists(String body) {
        server.says("200 OK", length(body), body);
    }

    private static String object(String key, String length, String time) {
        return "<Contents><Key>" + key + "</Key><LastModified>" + time + "</LastModified><Size>" + length + "</Size></Contents>";
    }

    private static String objects(String... keys) {
        return java.util.Arrays.stream(keys).map(key -> object(key, "1", "2026-01-01T00:00:00.000Z")).collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "no XML", "<html/>", "<ListBucketResult>", "<ListBucketResult><Contents></ListBucketResult>"})
    void whatIsNoListIsNone(String body) {
        lists(body);
        assertThatThrownBy(() -> store.list("", "", 10)).isInstanceOf(BlobException.class);
    }

    @Test
    void entitiesAreNotExpanded() {
        String bomb = IntStream.range(1, 12).mapToObj(i -> "<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">").collect(
                Collectors.joining("", "<!DOCTYPE x [<!ENTITY a0 \"0123456789\">", "]>"));
        lists("<?xml version=\"1.0\"?>" + bomb + "<ListBucketResult>" + object("p/a", "&a11;", "&a11;") + "</ListBucketResult>");
        assertThatThrownBy(() -> store.list("", "", 10)).isInstanceOf(BlobException.class);
        lists("<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x\"><ListBucketResult/>");
        assertThatThrownBy(() -> store.list("", "", 10)).isInstanceOf(BlobException.class);
    }

    @Test
    void whatIsNestedWithoutEndIsRefused() {
        lists("<a>".repeat(100_000));
        assertThatThrownBy(() -> store.list("", "", 10)).isInstanceOf(BlobException.class);
    }

    @Test
    void listsThatLieAreRefused() {
        for (String body : new String[] {objects("p/b", "p/a"), objects("p/a", "p/a"), objects("p/x", "p/y", "p/z"),
            object("p/a", "-1", "2026-01-01T00:00:00Z"), object("p/a", "99999999999999999999", "2026-01-01T00:00:00Z"), object("p/a", "1", "now")}) {
            lists(LIST + body + "</ListBucketResult>");
            fails(Reason.FAILED, () -> store.list("", "", 2));
        }
        lists(LIST + objects("p/b") + "</ListBucketResult>");
        fails(Reason.FAILED, () -> store.list("a", "", 2));
        fails(Reason.FAILED, () -> store.list("", "c", 2));
    }

    @Test
    void aListWithoutEndEnds() {
        lists(LIST + "<IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken></ListBucketResult>");
        fails(Reason.FAILED, () -> store.list("", "", 2));
        lists(LIST + "<IsTruncated>true</IsTruncated></ListBucketResult>");
        fails(Reason.FAILED, () -> store.list("", "", 2));
        assertThat(server.requests()).hasSizeLessThan(5);
    }

    @Test
    void anAnswerLongerThanAnyIsRefused() {
        server.says("200 OK", "Transfer-Encoding: chunked\r\n", ("10000\r\n" + "x".repeat(65_536) + "\r\n").repeat(80));
        fails(Reason.FAILED, () -> store.list("", "", 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 99999999999999999999\r\n", "Content-Length: 10\r\nLast-Modified: now\r\n"})
    void whatIsSaidOfAnObjectHasToBePossible(String headers) {
        server.says("200 OK", headers, "");
        assertThatThrownBy(() -> store.stat("a")).isInstanceOf(BlobException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "206 Partial Content | bytes 0-9/20 | 10 | FAILED", "206 Partial Content | bytes 5-14/12 | 10 | FAILED",
        "206 Partial Content | bytes 5-13/14 | 9 | FAILED", "206 Partial Content | bytes 5-14/99999999999999999999 | 10 | FAILED",
        "206 Partial Content | rubbish | 10 | FAILED", "200 OK | bytes 5-14/20 | 10 | FAILED", "206 Partial Content | bytes 5-14/20 | 9 | TRANSIENT"})
    void otherBytesThanThoseAskedForAreRefused(String status, String range, int length, Reason reason) {
        server.says(status, "Content-Range: " + range + "\r\nContent-Length: " + Math.max(length, 10) + "\r\n", "x".repeat(length));
        fails(reason, () -> store.get("a", 5, ByteBuffer.allocate(10)));
    }

    @Test
    void moreBytesThanThereIsRoomForGoNowhere() {
        server.says("206 Partial Content", "Content-Range: bytes 5-14/20\r\nTransfer-Encoding: chunked\r\n", "b\r\n" + "x".repeat(11) + "\r\n0\r\n\r\n");
        ByteBuffer target = ByteBuffer.allocate(20).limit(10);
        fails(Reason.FAILED, () -> store.get("a", 5, target));
        assertThat(target.array()[10]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"409 Conflict,ConditionalRequestConflict,TRANSIENT", "412 Precondition Failed,PreconditionFailed,EXISTS",
        "503 Slow Down,SlowDown,TRANSIENT", "500 Error,InternalError,TRANSIENT", "403 Forbidden,AccessDenied,DENIED",
        "400 Bad Request,ExpiredToken,DENIED", "403 Forbidden,RequestTimeTooSkewed,DENIED", "400 Bad Request,RequestTimeout,TRANSIENT",
        "507 Insufficient Storage,XMinioStorageFull,FULL", "403 Forbidden,QuotaExceeded,FULL", "501 Not Implemented,NotImplemented,FAILED",
        "429 Too Many Requests,x,TRANSIENT", "302 Found,x,FAILED", "204 No Content,x,FAILED"})
    void putsFailForTheReasonThatIsSaid(String status, String code, Reason reason) {
        String body = status.startsWith("204") ? "" : "<Error><Code>" + code + "</Code><Message>so</Message></Error>";
        server.says(status, status.startsWith("204") ? "" : length(body), body);
        fails(reason, () -> store.putIfAbsent("a", ByteBuffer.allocate(10)));
    }

    @Test
    void theRegionOfTheBucketIsSaid() {
        String body = "<Error><Code>PermanentRedirect</Code></Error>";
        server.says("301 Moved Permanently", "x-amz-bucket-region: eu-west-3\r\nLocation: http://127.0.0.1:1/\r\n" + length(body), body);
        assertThat(fails(Reason.FAILED, () -> store.list("", "", 1)).remedy()).isEqualTo(
                Optional.of("the bucket is in region eu-west-3: set s3.region or AWS_REGION"));
        assertThat(fails(Reason.FAILED, () -> store.stat("a")).remedy().orElseThrow()).contains("eu-west-3");
    }

    @Test
    void whatIsSaidIsShownAsPlainText() {
        String body = "<Error><Code>Odd</Code><Message>\u001b[2J&#x9;x\r\ny\u202e" + "z".repeat(1000) + "</Message></Error>".replace("\u001b", "");
        server.says("400 Bad Request", "", body.replace("\u001b", "\u009b"));
        String text = fails(Reason.FAILED, () -> store.list("", "", 1)).getMessage();
        assertThat(text).doesNotContain("\u009b", "\u202e", "\n", "\t").hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<ListBucketResult>", "HTTP/1.1 503 Slow"})
    void whoSaysNothingIsNotWaitedForWithoutEnd(String begin) throws ImagingException {
        server.saysAndHangs(begin);
        S3Place place = S3Place.of(S3Reference.of("s3://bucket"), new S3Settings().values(), server.environment(), Path.of("nobody"));
        S3Client client = new S3Client(S3Client.http(Duration.ofSeconds(20)), place, Duration.ofMillis(100), Clock.systemUTC());
        BlobStore impatient = new S3BlobStore(client, true, 1);
        fails(Reason.TRANSIENT, () -> impatient.list("", "", 1));
        // more than what the system takes along by itself
        fails(Reason.TRANSIENT, () -> impatient.putIfAbsent("a", ByteBuffer.allocateDirect(32 << 20)));
    }

    @Test
    void connectionsThatBreakMayComeBack() {
        server.says("", "", "");
        fails(Reason.TRANSIENT, () -> store.stat("a"));
        server.says("206 Partial Content", "Content-Range: bytes 0-9/10\r\nContent-Length: 10\r\n", "xxxxx");
        fails(Reason.TRANSIENT, () -> store.get("a", 0, ByteBuffer.allocate(10)));
    }

    @Test
    void whoIsInterruptedDoesNotWait() {
        server.saysAndHangs("");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.stat("a")).isInstanceOf(org.imagingutility.api.error.CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
