package org.imagingutility.blobs.s3;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps objects in buckets of S3: {@code s3://[PROFILE@]BUCKET[/PREFIX]}. Used by several threads at once. */
@Component(service = BlobStoreProvider.class)
public final class S3BlobStoreProvider implements BlobStoreProvider {
    private static final String NAME = "s3";
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(20);

    private final S3Settings settings;
    private final Map<String, String> environment;
    private final Path home;
    /** One for all places: they share connections. Made when a place is first opened; most runs open none. */
    private HttpClient http;

    /** Creates the provider with the settings as they are by default. */
    public S3BlobStoreProvider() {
        this(new S3Settings());
    }

    /** Creates the provider; the environment is that of the process. */
    @Activate
    public S3BlobStoreProvider(@Reference S3Settings settings) {
        this(settings, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    S3BlobStoreProvider(S3Settings settings, Map<String, String> environment, Path home) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String reference) {
        return S3Reference.isMeant(reference);
    }

    @Override
    public BlobStore open(String reference) throws BlobException {
        S3Reference parsed;
        try {
            parsed = S3Reference.of(reference);
        } catch (IllegalArgumentException e) {
            throw new BlobException(reference, "", BlobException.Reason.FAILED, e.getMessage(), "s3://BUCKET/PREFIX", e);
        }
        S3Settings.Values values = settings.values();
        S3Place place = S3Place.of(parsed, values, environment, home);
        return new S3BlobStore(new S3Client(http(), place, values.timeout(), Clock.systemUTC()), values.conditionalPut(), values.requests());
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = S3Client.http(LONGEST_CONNECT);
        }
        return http;
    }
}
