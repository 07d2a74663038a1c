package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;

/** What S3 answers ("Error responses" of the API Reference), and what connections do, as the errors of a place for objects. */
final class S3Failures {
    private static final int MAX_TEXT = 300;
    private static final Set<String> FULL = Set.of("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage",
            "InsufficientCapacity");
    private static final Set<String> MAY_PASS = Set.of("RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch",
            "OperationAborted", "ConditionalRequestConflict", "SlowDown", "InternalError", "ServiceUnavailable", "TemporaryRedirect");
    private static final Set<String> DENIED = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired", "MethodNotAllowed");
    private static final Map<String, String> REMEDIES = Map.of(
            "NoSuchBucket", "make the bucket, or look at the name, the endpoint and the region",
            "InvalidAccessKeyId", "look at the access key, and at which profile it is of",
            "SignatureDoesNotMatch", "look at the secret key",
            "ExpiredToken", "get new temporary credentials",
            "RequestTimeTooSkewed", "set the clock of this machine",
            "AccessDenied", "ask who owns the bucket for the rights to list, read, write and delete",
            "NotImplemented", "if the server does not know If-None-Match, set s3.conditional-put = false",
            "SlowDown", "try again later, with fewer machines at once");

    private S3Failures() {
    }

    /** Returns the error that an answer means to which the caller has no better one; {@code what} is what could not be done. */
    static BlobException of(S3Place place, String key, String what, Answer answer) {
        Xml said = said(answer);
        String code = said == null ? "" : printable(said.text("Code"));
        String text = what + (code.isEmpty() ? "the server answered " + answer.status() : code + " (" + answer.status() + ")"
                + (said.text("Message").isEmpty() ? "" : ": " + printable(said.text("Message"))));
        return new BlobException(place.reference().text(), key, reason(answer.status(), code), text + by(place, answer.status()),
                remedy(answer, code, said), null);
    }

    private static String by(S3Place place, int status) {
        return status == 403 || status == 400 || status == 401 ? " [" + place.credentials() + ", region " + place.region() + "]" : "";
    }

    private static Xml said(Answer answer) {
        if (!answer.body().hasRemaining()) {
            return null;
        }
        try {
            Xml xml = Xml.read(answer.body().duplicate());
            return xml.name().equals("Error") ? xml : null;
        } catch (IOException e) {
            // a page of a proxy: the status has to do
            return null;
        }
    }

    private static Reason reason(int status, String code) {
        if (FULL.contains(code) || status == 507) {
            return Reason.FULL;
        }
        if (MAY_PASS.contains(code)) {
            return Reason.TRANSIENT;
        }
        if (DENIED.contains(code)) {
            return Reason.DENIED;
        }
        return switch (status) {
            case 401, 403 -> Reason.DENIED;
            case 408, 409, 425, 429, 500, 502, 503, 504 -> Reason.TRANSIENT;
            case 404 -> code.equals("NoSuchKey") ? Reason.ABSENT : Reason.FAILED;
            default -> Reason.FAILED;
        };
    }

    private static String remedy(Answer answer, String code, Xml said) {
        String region = answer.header("x-amz-bucket-region").orElse(said == null ? "" : said.text("Region"));
        boolean elsewhere = answer.status() == 301 || code.equals("AuthorizationHeaderMalformed");
        if (elsewhere && !region.isEmpty()) {
            return "the bucket is in region " + printable(region) + ": set s3.region or AWS_REGION";
        }
        return elsewhere ? "look at s3.region and s3.endpoint" : REMEDIES.get(code);
    }

    /** Returns the error of a request that got no answer, or none that can be read. */
    static BlobException of(S3Place place, String key, String what, IOException e) {
        String store = place.reference().text();
        String host = URI.create(place.address()).getAuthority();
        if (e instanceof HttpTimeoutException) {
            return new BlobException(store, key, Reason.TRANSIENT, what + host + ": " + e.getMessage(),
                    "look at the connection; a slow one may need a larger s3.timeout", e);
        }
        if (e instanceof ConnectException) {
            return new BlobException(store, key, Reason.TRANSIENT, what + host + " cannot be reached",
                    "look at the connection and at s3.endpoint", e);
        }
        if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
            return new BlobException(store, key, Reason.FAILED, what + host + " does not prove who it is: " + printable(String.valueOf(e.getMessage())),
                    "have Java trust its certificate (javax.net.ssl.trustStore in conf/jvm.options)", e);
        }
        boolean forGood = e instanceof AnswerBody.TooLongException || e instanceof SSLException && e.getMessage() != null
                && e.getMessage().startsWith("Unsupported or unrecognized SSL message");
        return new BlobException(store, key, forGood ? Reason.FAILED : Reason.TRANSIENT,
                what + host + ": " + (e.getMessage() == null ? "the connection broke" : printable(e.getMessage())), null, e);
    }

    static BlobException absent(S3Place place, String key) {
        return new BlobException(place.reference().text(), key, Reason.ABSENT, "there is no such object", null, null);
    }

    static BlobException exists(S3Place place, String key) {
        return new BlobException(place.reference().text(), key, Reason.EXISTS, "exists already", null, null);
    }

    /** Returns the error of an answer that no server should give. */
    static BlobException wrong(S3Place place, String key, String text) {
        return new BlobException(place.reference().text(), key, Reason.FAILED, text, null, null);
    }

    /** Returns what a server said without what a terminal would take for orders. */
    private static String printable(String text) {
        String line = text.codePoints().map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + " ...";
    }
}
