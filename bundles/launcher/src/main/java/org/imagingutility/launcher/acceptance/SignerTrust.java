package org.imagingutility.launcher.acceptance;

import java.security.CodeSigner;
import java.security.Timestamp;
import java.time.Clock;
import java.time.Instant;

/**
 * Says whether who signed a jar is trusted. A signature counts for as long as its certificate is valid; with a time stamp
 * (RFC 3161) of a trusted authority it counts if it was made in that time, however long ago. The time stamp of an
 * authority that is not trusted counts for nothing.
 */
final class SignerTrust {
    private final CertificateTrust signers;
    private final CertificateTrust authorities;
    private final Clock clock;

    /** Creates trust in {@code signers}, and in time stamps of {@code authorities}. */
    SignerTrust(CertificateTrust signers, CertificateTrust authorities, Clock clock) {
        this.signers = signers;
        this.authorities = authorities;
        this.clock = clock;
    }

    /** Returns whether {@code signer} is trusted, and until when that holds. */
    Verdict check(CodeSigner signer) {
        Timestamp stamp = signer.getTimestamp();
        if (stamp != null) {
            Instant signed = stamp.getTimestamp().toInstant();
            if (!signed.isAfter(clock.instant()) && authorities.check(stamp.getSignerCertPath(), signed).accepted()) {
                Verdict then = signers.check(signer.getSignerCertPath(), signed);
                return then.accepted() ? Verdict.accepted(Instant.MAX) : then;
            }
        }
        return signers.check(signer.getSignerCertPath(), clock.instant());
    }
}
