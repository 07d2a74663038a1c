package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps objects in folders of servers: {@code sftp://[USER@]HOST[:PORT]/PATH}. Used by several threads at once. */
@Component(service = BlobStoreProvider.class)
public final class SftpBlobStoreProvider implements BlobStoreProvider {
    private static final String NAME = "sftp";

    private final SftpSettings settings;
    private final Map<String, String> environment;
    private final Path ssh;
    private final String user;

    /** Creates the provider with the settings as they are by default. */
    public SftpBlobStoreProvider() {
        this(new SftpSettings());
    }

    /** Creates the provider; the environment is that of the process. */
    @Activate
    public SftpBlobStoreProvider(@Reference SftpSettings settings) {
        this(settings, System.getenv(), Path.of(System.getProperty("user.home"), ".ssh"), System.getProperty("user.name"));
    }

    SftpBlobStoreProvider(SftpSettings settings, Map<String, String> environment, Path ssh, String user) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.ssh = ssh;
        this.user = user;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String reference) {
        return SftpReference.isMeant(reference);
    }

    @Override
    public BlobStore open(String reference) throws ImagingException {
        SftpReference place;
        try {
            place = SftpReference.of(reference);
        } catch (IllegalArgumentException e) {
            throw new BlobException(reference, "", Reason.FAILED, e.getMessage(), "sftp://USER@HOST/PATH", e);
        }
        JdkEd25519.register();
        SftpSettings.Values values = settings.values();
        try {
            Path known = values.knownHosts().isEmpty() ? ssh.resolve("known_hosts") : Path.of(values.knownHosts());
            SftpConnection connection = new SftpConnection(place, place.user().isEmpty() ? user : place.user(), KnownHosts.read(known, place),
                    Identities.of(values, environment, ssh), values.timeout());
            try {
                return new SftpBlobStore(place, connection, values.requests());
            } catch (ImagingException | RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        } catch (IOException | InvalidPathException e) {
            throw new BlobException(reference, "", Reason.DENIED, "keys cannot be read: " + e.getMessage(), "look at the settings sftp.…", e);
        }
    }
}
