package org.imagingutility.launcher.acceptance;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says whether a chain of certificates leads to a trusted one, by RFC 5280 without revocation: there is no network. The
 * certificate itself may be trusted, or one that issued it. All of the chain must be valid at the time in question, the
 * trusted one too, and the first must be made for the purpose if it names purposes at all.
 */
final class CertificateTrust {
    /** RFC 5280, 4.2.1.12: id-kp-codeSigning. */
    static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /** RFC 5280, 4.2.1.12: id-kp-timeStamping. */
    static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    /** RFC 5280, 4.2.1.3: the number of the bit. */
    private static final int KEY_CERT_SIGN = 5;
    private final Set<X509Certificate> trusted;
    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final String purpose;

    CertificateTrust(Set<X509Certificate> trusted, String purpose) {
        this.trusted = Set.copyOf(trusted);
        trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        this.purpose = purpose;
    }

    /** Returns until when {@code path}, valid at {@code when}, stays so; or why it is not trusted. */
    Verdict check(CertPath path, Instant when) {
        List<X509Certificate> chain = new ArrayList<>();
        for (var certificate : path.getCertificates()) {
            X509Certificate x509 = (X509Certificate) certificate; // a signer's path always has type X.509
            chain.add(x509);
            if (trusted.contains(x509)) {
                break;
            }
        }
        if (chain.isEmpty()) {
            return Verdict.refused("not signed by a trusted certificate");
        }
        try {
            X509Certificate last = chain.get(chain.size() - 1);
            List<X509Certificate> untrusted = trusted.contains(last) ? chain.subList(0, chain.size() - 1) : chain;
            X509Certificate anchor = untrusted.isEmpty() ? last : validate(untrusted, when);
            return validity(untrusted, anchor, when, chain.get(0));
        } catch (CertPathValidatorException e) {
            return Verdict.refused(e.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                    || e.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID
                    ? outOfTime(chain.get(e.getIndex() < 0 ? 0 : e.getIndex()))
                    : "not signed by a trusted certificate, but by " + name(chain.get(0)));
        } catch (GeneralSecurityException e) {
            return Verdict.refused("the certificates of the signature cannot be read: " + e.getMessage());
        }
    }

    /** Returns the trusted certificate that the chain leads to. */
    private X509Certificate validate(List<X509Certificate> chain, Instant when) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(when));
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        return ((PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX").validate(path, parameters))
                .getTrustAnchor().getTrustedCert();
    }

    private Verdict validity(List<X509Certificate> untrusted, X509Certificate anchor, Instant when, X509Certificate first)
            throws CertificateParsingException {
        if (!untrusted.isEmpty() && !mayIssue(anchor, untrusted.size() - 1)) {
            return Verdict.refused("not signed by a trusted certificate, but by " + name(first) + ", issued by " + name(anchor)
                    + ", which is no authority");
        }
        Instant until = anchor.getNotAfter().toInstant();
        // PKIX takes the time of the anchor for settled
        if (until.isBefore(when) || anchor.getNotBefore().toInstant().isAfter(when)) {
            return Verdict.refused(outOfTime(anchor));
        }
        for (X509Certificate certificate : untrusted) {
            Instant end = certificate.getNotAfter().toInstant();
            until = end.isBefore(until) ? end : until;
        }
        List<String> purposes = first.getExtendedKeyUsage();
        if (purposes != null && !purposes.contains(purpose) && !purposes.contains(ANY_PURPOSE)) {
            return Verdict.refused("signed by " + name(first) + ", whose purpose is another");
        }
        return Verdict.accepted(until);
    }

    /** Says whether {@code anchor} is an authority for a path with so many others; PKIX takes that for settled. */
    private static boolean mayIssue(X509Certificate anchor, int others) {
        boolean[] usage = anchor.getKeyUsage();
        return anchor.getBasicConstraints() >= others && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private static String outOfTime(X509Certificate certificate) {
        return "the certificate of " + name(certificate) + " was valid from " + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant() + " only";
    }

    private static String name(X509Certificate certificate) {
        return "\"" + certificate.getSubjectX500Principal().getName() + "\"";
    }
}
