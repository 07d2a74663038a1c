package org.imagingutility.api.serve;

/**
 * Certificates and key, PEM files in one folder by the names that servers and clients of such protocols have agreed upon:
 * {@code ca-cert.pem} (who signs the other side's certificate), {@code server-cert.pem}, {@code server-key.pem}.
 *
 * @param folder path of the folder
 * @param clientCertificates whether clients must have a certificate that {@code ca-cert.pem} signed
 */
public record TlsFiles(String folder, boolean clientCertificates) {
    /** Checks that there is a folder. */
    public TlsFiles {
        if (folder.isEmpty()) {
            throw new IllegalArgumentException("the folder of the certificates is empty");
        }
    }
}
