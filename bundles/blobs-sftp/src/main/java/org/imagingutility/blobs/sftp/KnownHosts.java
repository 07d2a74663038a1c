package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;

/**
 * Whether a server is the one that it was: its key has to stand in a file in the format of OpenSSH's {@code known_hosts}
 * ({@code sshd(8)}). Nothing is ever added to the file. For one place.
 */
final class KnownHosts implements ServerKeyVerifier {
    private static final String REVOKED = "revoked";

    private final Path file;
    private final SftpReference place;
    private final List<PublicKey> known = new ArrayList<>();
    private final List<PublicKey> revoked = new ArrayList<>();
    private volatile String refused = "";
    private volatile boolean changed;

    private KnownHosts(Path file, SftpReference place) {
        this.file = file;
        this.place = place;
    }

    /** Reads what the file says of the server. */
    static KnownHosts read(Path file, SftpReference place) throws IOException {
        KnownHosts hosts = new KnownHosts(file, place);
        if (Files.exists(file)) {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
                hosts.add(entry);
            }
        }
        return hosts;
    }

    private void add(KnownHostEntry entry) throws IOException {
        // certificates of authorities are not followed
        boolean key = entry.getMarker() == null || entry.getMarker().isEmpty() || entry.getMarker().equals(REVOKED);
        if (!key || entry.getKeyEntry() == null || !entry.isHostMatch(place.host(), place.port())) {
            return;
        }
        try {
            PublicKey found = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            if (found != null) {
                (REVOKED.equals(entry.getMarker()) ? revoked : known).add(found);
            }
        } catch (GeneralSecurityException e) {
            // a kind of key that this Java does not have: the server will be asked for others
            return;
        }
    }

    /** Returns the kinds of keys that are known of the server, such as {@code ssh-ed25519}; the server is asked for one of them. */
    List<String> types() {
        return known.stream().map(KeyUtils::getKeyType).distinct().toList();
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        boolean fine = known.stream().anyMatch(one -> KeyUtils.compareKeys(one, key))
                && revoked.stream().noneMatch(one -> KeyUtils.compareKeys(one, key));
        if (!fine) {
            changed = !known.isEmpty() || !revoked.isEmpty();
            refused = KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        }
        return fine;
    }

    /** Says whether a server was refused. */
    boolean hasRefused() {
        return !refused.isEmpty();
    }

    /** Returns why. */
    String reason() {
        return changed ? "the server has another key than \"" + file + "\" says, or one that was revoked: " + refused
                + "; somebody may be in between" : "the server is not in \"" + file + "\"; it has the key " + refused;
    }

    /** Returns what is to be done about it. */
    String remedy() {
        if (changed) {
            return "ask who runs the server; only if its key was changed: ssh-keygen -R " + place.address() + ", then add the new one";
        }
        return "compare that with what \"ssh-keygen -lf\" says on the server, then: ssh-keyscan -p " + place.port() + " " + place.host() + " >> "
                + file;
    }
}
