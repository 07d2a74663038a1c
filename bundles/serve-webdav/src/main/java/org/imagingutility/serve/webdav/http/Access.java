package org.imagingutility.serve.webdav.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.imagingutility.api.serve.Login;

/**
 * Who is let in. On the loopback only requests that name it in their Host: else a page of any server could be shown by a name that leads here
 * (DNS rebinding), and read all. Used by several threads at once.
 */
public final class Access {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String BASIC = "basic ";

    private final boolean loopback;
    private final String host;
    private final Optional<Login> login;
    /** One check of a password at a time: each takes part of a second of a processor. */
    private final Semaphore checking = new Semaphore(1, true);
    private final SecretKeySpec key;
    /** What the header that was right last is told again by. */
    private volatile byte[] known = {};

    /**
     * Creates it.
     *
     * @param address where the server listens
     * @param host the name that it was told to listen on
     */
    public Access(InetSocketAddress address, String host, Optional<Login> login) {
        this.loopback = address.getAddress().isLoopbackAddress();
        this.host = host.toLowerCase(Locale.ROOT);
        this.login = login;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Checks a request. */
    public void check(Exchange exchange) throws HttpError {
        Optional<String> named = exchange.header("Host");
        if (exchange.isRepeated("Host") || named.isEmpty() && exchange.needsHost()) {
            throw new HttpError(HttpError.BAD_REQUEST, "the request does not have one Host");
        }
        if (loopback && named.isPresent() && !isHere(named.get())) {
            throw new HttpError(HttpError.MISDIRECTED, "this server is for programs on its own machine, by the name localhost");
        }
        if (login.isPresent() && !isKnown(exchange.header("Authorization"), login.get())) {
            exchange.set("WWW-Authenticate", "Basic realm=\"images\", charset=\"UTF-8\"");
            throw new HttpError(HttpError.UNAUTHORIZED, "user and password are needed");
        }
    }

    private boolean isHere(String named) {
        try {
            String name = new URI("http://" + named).getHost();
            if (name == null) {
                return false;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("localhost") || lower.equals(host) || lower.equals("[" + host + "]")) {
                return true;
            }
            // what is no address in digits is not looked up
            boolean digits = lower.startsWith("[") || lower.matches("127(\\.\\d{1,3}){3}");
            return digits && InetAddress.getByName(lower).isLoopbackAddress();
        } catch (URISyntaxException | java.net.UnknownHostException e) {
            return false;
        }
    }

    private boolean isKnown(Optional<String> header, Login user) {
        if (header.isEmpty() || !header.get().toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return false;
        }
        byte[] code = code(header.get());
        if (MessageDigest.isEqual(code, known)) {
            return true;
        }
        checking.acquireUninterruptibly();
        try {
            if (!accepts(header.get().substring(BASIC.length()).strip(), user)) {
                return false;
            }
            known = code;
            return true;
        } finally {
            checking.release();
        }
    }

    private static boolean accepts(String credentials, Login user) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(credentials);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(decoded)).toString();
        int colon = text.indexOf(':');
        return colon >= 0 && user.accepts(text.substring(0, colon), text.substring(colon + 1).toCharArray());
    }

    private byte[] code(String header) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(header.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            // each Java has to have it
            throw new IllegalStateException(e);
        }
    }
}
