package org.imagingutility.blobs.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpBlobStoreTest {
    @TempDir
    private Path other;
    private SftpServer server;
    private Path root;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new SftpServer(folder);
        root = folder.resolve("root");
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    private static BlobException refuses(Reason reason, BlobStoreProvider provider, String reference) {
        BlobException[] seen = new BlobException[1];
        assertThatThrownBy(() -> provider.open(reference)).isInstanceOfSatisfying(BlobException.class, e -> {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
            assertThat(e).hasMessageNotContaining(SftpServer.PASSWORD);
            seen[0] = e;
        });
        return seen[0];
    }

    @Test
    void anObjectIsAFileOfItsKeyAndNothingElseIsLeft() throws Exception {
        try (BlobStore store = server.provider().open(server.reference("files"))) {
            store.putIfAbsent("frames/ab/c", ByteBuffer.allocate(10));
            assertThatThrownBy(() -> store.putIfAbsent("frames/ab/c", ByteBuffer.allocate(5))).isInstanceOf(BlobException.class);
            Files.write(root.resolve("files/frames/ab/.0123456789abcdef.put"), new byte[5]);
            Files.write(root.resolve("files/Read me.txt"), new byte[5]);
            assertThat(store.list("", "", 10)).extracting(BlobInfo::key).containsExactly("frames/ab/c");
            assertThat(root.resolve("files/frames/ab")).isDirectoryContaining("glob:**/c");
            assertThat(Files.list(root.resolve("files/frames/ab"))).hasSize(2);
        }
    }

    @Test
    void aServerThatIsNotKnownIsRefusedWithWhatToDo() {
        BlobException e = refuses(Reason.DENIED, server.provider(SftpServer.PASSWORD, other), server.reference("x"));
        assertThat(e).hasMessageContaining("SHA256:");
        assertThat(e.remedy().orElseThrow()).contains("ssh-keyscan").contains(other.resolve("known_hosts").toString());
    }

    @Test
    void aServerWithAnotherKeyIsRefused() throws Exception {
        String known = Files.readString(server.ssh().resolve("known_hosts"));
        // another server's key under this one's name
        SftpServer second = new SftpServer(other.resolve("second"));
        String key = Files.readString(second.ssh().resolve("known_hosts")).replaceFirst("\\S+", "");
        Files.writeString(other.resolve("known_hosts"), known.substring(0, known.indexOf(' ')) + key);
        BlobException e = refuses(Reason.DENIED, server.provider(SftpServer.PASSWORD, other), server.reference("x"));
        assertThat(e).hasMessageContaining("somebody may be in between");
        second.stop();
    }

    @Test
    void aWrongPasswordIsDenied() {
        refuses(Reason.DENIED, server.provider("wrong", server.ssh()), server.reference("x"));
    }

    @Test
    void aConnectionThatBrokeIsMadeAgain() throws Exception {
        try (BlobStore store = server.provider().open(server.reference("broken"))) {
            store.putIfAbsent("a", ByteBuffer.allocate(10));
            server.breakConnections();
            for (int tried = 0; tried < 5; tried++) {
                try {
                    assertThat(store.stat("a")).isPresent();
                    return;
                } catch (BlobException e) {
                    assertThat(e.reason()).isEqualTo(Reason.TRANSIENT);
                }
            }
            throw new AssertionError("the connection was not made again");
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedForWithoutEnd() throws Exception {
        SftpSettings settings = new SftpSettings();
        Map<String, String> values = new HashMap<>();
        settings.settings().forEach(one -> values.put(one.key(), one.defaultValue()));
        values.put("sftp.timeout", "1s");
        settings.apply(values);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refuses(Reason.TRANSIENT, new SftpBlobStoreProvider(settings, Map.of(), server.ssh(), "nobody"),
                    "sftp://127.0.0.1:" + silent.getLocalPort() + "/x");
        }
    }

    @Test
    void aServerThatIsNotThereMayComeBack() {
        refuses(Reason.TRANSIENT, server.provider(), "sftp://127.0.0.1:1/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp://", "sftp://u:p@host/x", "sftp://host:0/x", "sftp://host:99999/x", "sftp://ho st/x", "sftp://host/a\nb", "sftp://-x/y"})
    void whatIsNoPlaceIsRefused(String reference) {
        assertThatThrownBy(() -> SftpReference.of(reference)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void placesAreAbsoluteOrBelowWhereTheServerBegins() {
        assertThat(SftpReference.of("sftp://u@h:2222/a/b/")).extracting(SftpReference::path, SftpReference::user, SftpReference::port)
                .containsExactly("/a/b", "u", 2222);
        assertThat(SftpReference.of("sftp://h/~/a").path("k")).isEqualTo("a/k");
        assertThat(SftpReference.of("sftp://[::1]").address()).isEqualTo("::1");
        assertThat(SftpReference.of("sftp://h/").path("k")).isEqualTo("/k");
    }
}
