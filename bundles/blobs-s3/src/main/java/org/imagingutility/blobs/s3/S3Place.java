package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;

/**
 * Where a bucket is, and who asks.
 *
 * @param address scheme, host and port, with the bucket in the host or not
 * @param path what stands before the keys: a slash, and the bucket where it is not in the host
 */
record S3Place(S3Reference reference, String address, String path, String region, Credentials credentials) {
    private static final String USUAL_REGION = "us-east-1";

    /**
     * Finds out by settings, environment and profiles.
     *
     * @param environment the variables of the process
     * @param home the folder of the user
     */
    static S3Place of(S3Reference reference, S3Settings.Values settings, Map<String, String> environment, Path home) throws BlobException {
        Path credentialsFile = file(environment, "AWS_SHARED_CREDENTIALS_FILE", home.resolve(".aws/credentials"));
        String named = first(reference.profile(), settings.profile());
        String profile = first(named, environment.get("AWS_PROFILE"), "default");
        try {
            Profiles profiles = Profiles.read(credentialsFile, file(environment, "AWS_CONFIG_FILE", home.resolve(".aws/config")));
            String region = S3Settings.region(first(reference.profile().isEmpty() ? "" : profiles.value(profile, "region"), settings.region(),
                    environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION"), profiles.value(profile, "region"), USUAL_REGION));
            String endpoint = S3Settings.endpoint(first(reference.profile().isEmpty() ? "" : profiles.value(profile, "endpoint_url"),
                    settings.endpoint(), environment.get("AWS_ENDPOINT_URL_S3"), environment.get("AWS_ENDPOINT_URL"),
                    profiles.value(profile, "endpoint_url")));
            Credentials credentials = credentials(reference, named, profile, profiles, environment, credentialsFile);
            return place(reference, settings.style(), endpoint, region, credentials);
        } catch (IOException e) {
            throw new BlobException(reference.text(), "", Reason.DENIED, "the credentials cannot be read: " + e.getMessage(),
                    "look at the rights of the file", e);
        } catch (IllegalArgumentException e) {
            throw new BlobException(reference.text(), "", Reason.FAILED, "region, endpoint or credentials of environment or profile \"" + profile
                    + "\" are not understood", "an endpoint is such as https://minio.example.com:9000", e);
        }
    }

    private static S3Place place(S3Reference reference, String style, String endpoint, String region, Credentials credentials) {
        boolean amazon = endpoint.isEmpty();
        // a certificate for *.s3.amazonaws.com does not cover a name with further dots
        boolean inHost = style.equals("host") || style.equals("auto") && amazon && reference.bucket().indexOf('.') < 0;
        String base = amazon ? "https://s3." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : "") : endpoint;
        int host = base.indexOf("://") + 3;
        return new S3Place(reference, inHost ? base.substring(0, host) + reference.bucket() + "." + base.substring(host) : base,
                inHost ? "/" : "/" + reference.bucket() + "/", region, credentials);
    }

    private static Credentials credentials(S3Reference reference, String named, String profile, Profiles profiles,
            Map<String, String> environment, Path file) throws BlobException {
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        if (named.isEmpty() && !key.isEmpty() && !secret.isEmpty()) {
            return new Credentials(key, secret, environment.getOrDefault("AWS_SESSION_TOKEN", ""), "the environment (AWS_ACCESS_KEY_ID)");
        }
        String ofProfile = profiles.value(profile, "aws_access_key_id");
        String secretOfProfile = profiles.value(profile, "aws_secret_access_key");
        if (ofProfile.isEmpty() || secretOfProfile.isEmpty()) {
            throw new BlobException(reference.text(), "", Reason.DENIED, "there are no credentials: "
                    + (named.isEmpty() ? "neither in the environment nor in" : "none of") + " profile \"" + profile + "\" of \"" + file + "\"",
                    "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write the profile", null);
        }
        return new Credentials(ofProfile, secretOfProfile, profiles.value(profile, "aws_session_token"), "profile \"" + profile + "\"");
    }

    private static Path file(Map<String, String> environment, String variable, Path usual) {
        String named = environment.getOrDefault(variable, "");
        return named.isEmpty() ? usual : Path.of(named);
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** Returns the address of an object, whose key consists of characters that stand for themselves. */
    URI object(String key) {
        return URI.create(address + path + encoded(reference.prefix()).replace("%2F", "/") + key);
    }

    /** Returns the address of the bucket with parameters, which are signed in their order. */
    URI bucket(SortedMap<String, String> parameters) {
        List<String> pairs = parameters.entrySet().stream().map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue())).toList();
        String bucket = path.length() > 1 ? path.substring(0, path.length() - 1) : path;
        return URI.create(address + bucket + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs)));
    }

    /** Returns {@code text} as the signature has it: all but letters, digits and {@code -._~} in hexadecimal. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
