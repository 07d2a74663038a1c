package org.imagingutility.file.io;

import java.nio.file.OpenOption;
import java.util.Optional;

/** The option to read past the page cache (O_DIRECT). */
public final class DirectOption {
    private DirectOption() {
    }

    /**
     * Returns {@code com.sun.nio.file.ExtendedOpenOption.DIRECT}, empty in a Java that lacks it. By its name, from the boot
     * loader: as a class, it would be a package that OSGi has to import.
     */
    public static Optional<OpenOption> find() {
        try {
            Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption", true, null);
            for (Object option : options.getEnumConstants()) {
                if (option instanceof OpenOption open && option.toString().equals("DIRECT")) {
                    return Optional.of(open);
                }
            }
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
