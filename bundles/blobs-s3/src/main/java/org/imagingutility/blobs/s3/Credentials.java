package org.imagingutility.blobs.s3;

/**
 * Who asks. Never shown, nor logged: {@link #toString} has the source alone.
 *
 * @param accessKey public half of the key
 * @param secretKey secret half
 * @param sessionToken of temporary credentials; empty for others
 * @param source where they were found, for messages
 */
record Credentials(String accessKey, String secretKey, String sessionToken, String source) {

    Credentials {
        for (String text : new String[] {accessKey, secretKey, sessionToken}) {
            if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("the credentials of " + source + " hold a character that cannot be sent");
            }
        }
    }

    @Override
    public String toString() {
        return "credentials of " + source;
    }
}
