package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** MINA's own server of SFTP over a folder, which lets {@code user} in by a password. */
final class SftpServer {
    static final String PASSWORD = "some-password";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path ssh;

    SftpServer(Path folder) throws Exception {
        JdkEd25519.register();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((user, password, session) -> user.equals("user") && password.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(Files.createDirectories(folder.resolve("root"))));
        server.start();
        ssh = Files.createDirectories(folder.resolve(".ssh"));
        Files.writeString(ssh.resolve("known_hosts"), "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    /** Returns the folder with the keys of known servers. */
    Path ssh() {
        return ssh;
    }

    String reference(String path) {
        return "sftp://user@127.0.0.1:" + server.getPort() + "/" + path;
    }

    SftpBlobStoreProvider provider() {
        return new SftpBlobStoreProvider(new SftpSettings(), Map.of("IMAGINGUTILITY_SFTP_PASSWORD", PASSWORD), ssh, "nobody");
    }

    SftpBlobStoreProvider provider(String password, Path keys) {
        return new SftpBlobStoreProvider(new SftpSettings(), Map.of("IMAGINGUTILITY_SFTP_PASSWORD", password), keys, "nobody");
    }

    /** Breaks all connections there are. */
    void breakConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    void stop() throws IOException {
        server.stop(true);
    }
}
