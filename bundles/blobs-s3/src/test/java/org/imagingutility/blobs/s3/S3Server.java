package org.imagingutility.blobs.s3;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A real server of S3 with its objects in memory, which checks signatures and what of the body they say. */
final class S3Server {
    static final String BUCKET = "bucket";
    private static final String KEY = "some-access-key";
    private static final String SECRET = "some-secret-key";

    private final S3Proxy proxy;

    S3Server() throws Exception {
        TransientNio2BlobStore store = new TransientNio2BlobStore();
        store.createContainer(BUCKET);
        proxy = S3Proxy.builder().blobStore(store).endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET).build();
        proxy.setBlobStoreLocator((identity, container, blob) -> KEY.equals(identity) ? new AccessGrant(SECRET, store) : null);
        proxy.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** Returns the environment of somebody who may use it. */
    Map<String, String> environment() {
        return environment(KEY, SECRET);
    }

    Map<String, String> environment(String key, String secret) {
        return new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", key, "AWS_SECRET_ACCESS_KEY", secret, "AWS_ENDPOINT_URL", endpoint()));
    }

    void stop() throws Exception {
        proxy.stop();
    }
}
