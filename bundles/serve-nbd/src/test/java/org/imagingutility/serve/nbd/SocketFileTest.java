package org.imagingutility.serve.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketFileTest {
    private Path folder;
    private Path path;

    @BeforeEach
    void makeFolder() throws Exception {
        // short, as names of sockets must be
        folder = Files.createTempDirectory("nbd");
        path = folder.resolve("s");
    }

    @AfterEach
    void removeFolder() throws Exception {
        Files.deleteIfExists(path);
        Files.delete(folder);
    }

    @Test
    void isForItsOwnerAloneAndGoesWithTheServer() throws Exception {
        SocketFile socket = SocketFile.listen(path.toString());
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        }
        assertThatThrownBy(() -> SocketFile.listen(path.toString())).isInstanceOf(TargetException.class).hasMessageContaining("listens on");
        socket.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void oneThatAKilledProcessLeftIsReplacedAndAnythingElseIsNot() throws Exception {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        SocketFile socket = SocketFile.listen(path.toString());
        Files.delete(path);
        Files.writeString(path, "another one's");
        socket.close();
        assertThat(path).hasContent("another one's");
        assertThatThrownBy(() -> SocketFile.listen(path.toString())).isInstanceOf(TargetException.class).hasMessageContaining("is no socket");
        assertThat(path).hasContent("another one's");
    }
}
