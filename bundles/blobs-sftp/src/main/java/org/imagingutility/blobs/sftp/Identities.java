package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * By what this user proves who it is. Never shown, nor logged.
 *
 * @param keys private keys with their public halves
 * @param password empty for none
 */
record Identities(List<KeyPair> keys, String password) {
    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");
    private static final long MAX_BYTES = 1 << 16;

    /**
     * Reads what there is.
     *
     * @param environment the variables of the process
     * @param ssh the folder {@code .ssh} of the user
     * @throws IOException if a file that was named cannot be used; the message has nothing of what is in it
     */
    static Identities of(SftpSettings.Values settings, Map<String, String> environment, Path ssh) throws IOException {
        List<KeyPair> keys = new ArrayList<>();
        String passphrase = environment.getOrDefault("IMAGINGUTILITY_SFTP_PASSPHRASE", "");
        if (!settings.identity().isEmpty()) {
            keys.addAll(read(Path.of(settings.identity()), passphrase));
        } else {
            for (String name : USUAL) {
                if (Files.exists(ssh.resolve(name))) {
                    keys.addAll(readIfPossible(ssh.resolve(name), passphrase));
                }
            }
        }
        String password = environment.getOrDefault("IMAGINGUTILITY_SFTP_PASSWORD", "");
        if (password.isEmpty() && !settings.passwordFile().isEmpty()) {
            Path file = Path.of(settings.passwordFile());
            requireSmall(file);
            password = Files.readString(file).lines().findFirst().orElse("");
        }
        return new Identities(List.copyOf(keys), password);
    }

    /** A usual key that has a passphrase nobody gave is none, so that others and the password are tried. */
    private static List<KeyPair> readIfPossible(Path file, String passphrase) {
        try {
            return read(file, passphrase);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<KeyPair> read(Path file, String passphrase) throws IOException {
        requireSmall(file);
        List<KeyPair> keys = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in,
                    passphrase.isEmpty() ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase));
            if (found != null) {
                found.forEach(keys::add);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException("\"" + file + "\" is no private key that can be used, or its passphrase is another", e);
        }
        return keys;
    }

    private static void requireSmall(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("\"" + file + "\" has more than " + MAX_BYTES + " bytes");
        }
    }

    @Override
    public String toString() {
        return keys.size() + " keys and " + (password.isEmpty() ? "no password" : "a password");
    }
}
