package org.imagingutility.serve.webdav.zip;

/**
 * Names as zip files can have them for any system that unpacks them: what leads elsewhere, divides names, or is no character is written as
 * {@code %HH} or {@code %uHHHH}.
 */
final class ZipNames {
    private ZipNames() {
    }

    static String of(String name) {
        if (name.equals(".") || name.equals("..")) {
            return name.replace(".", "%2E");
        }
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            if (c >= 0xDC80 && c <= 0xDCFF || c < 0x20 || c == 0x7F || c == '/' || c == '\\') {
                text.append(String.format("%%%02X", c & 0xFF));
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                text.append(String.format("%%u%04X", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
