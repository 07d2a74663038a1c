package org.imagingutility.api.serve;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The user that a server lets in, with what tells the right password from others: requests are kept on disk, and no password is to be.
 *
 * @param user name of the user: not empty, without control characters and colons (RFC 7617, section 2)
 * @param iterations rounds of PBKDF2 (RFC 8018, section 5.2), with HMAC-SHA-256
 * @param salt Base64 of 16 bytes
 * @param hash Base64 of 32 bytes
 */
public record Login(String user, int iterations, String salt, String hash) {
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int MOST_ITERATIONS = 10_000_000;
    /** As OWASP's "Password Storage Cheat Sheet" has it for this function. */
    private static final int ITERATIONS = 600_000;

    /** Checks the values. */
    public Login {
        if (user.isEmpty() || user.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("the name of a user is not empty, and has no colons and control characters in it");
        }
        if (iterations < 1 || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("iterations " + iterations + ": not from 1 to " + MOST_ITERATIONS);
        }
        if (Base64.getDecoder().decode(salt).length != SALT || Base64.getDecoder().decode(hash).length != HASH) {
            throw new IllegalArgumentException("salt and hash have " + SALT + " and " + HASH + " bytes");
        }
    }

    /** Returns the login of a user with a password, which is not empty; takes part of a second, as does each check. */
    public static Login of(String user, char[] password) {
        return of(user, password, ITERATIONS);
    }

    /** Returns a login with that many rounds; few of them are for tests. */
    public static Login of(String user, char[] password, int iterations) {
        if (password.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return new Login(user, iterations, base64.encodeToString(salt), base64.encodeToString(derive(password, salt, iterations)));
    }

    /** Says whether a user with a password is let in. It takes as long whatever is wrong. */
    public boolean accepts(String name, char[] password) {
        boolean known = MessageDigest.isEqual(name.getBytes(StandardCharsets.UTF_8), user.getBytes(StandardCharsets.UTF_8));
        // no key is derived of no password
        char[] asked = password.length == 0 ? new char[1] : password;
        boolean right = MessageDigest.isEqual(derive(asked, Base64.getDecoder().decode(salt), iterations), Base64.getDecoder().decode(hash));
        return known & right & password.length > 0;
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(password, salt, iterations, HASH * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            // each Java has to have it
            throw new IllegalStateException(e);
        } finally {
            key.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "Login[user=" + user + "]";
    }
}
