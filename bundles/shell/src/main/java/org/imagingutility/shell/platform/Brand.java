package org.imagingutility.shell.platform;

import java.util.function.UnaryOperator;

/**
 * What the program goes by. A distribution says it in {@code conf/branding.properties}, the launcher hands it on as system
 * properties.
 */
public final class Brand {
    private static final String PREFIX = "imaging.branding.";
    private final UnaryOperator<String> properties;

    /** Creates the brand that {@code properties} make: they give the value of a system property, or null. */
    Brand(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    public static Brand ofProcess() {
        return new Brand(System::getProperty);
    }

    /** Returns what users type to start the program: the prompt, and the begin of messages. */
    public String command() {
        return value("command", "imaging");
    }

    /**
     * Returns the first lines of an interactive shell.
     *
     * @param built the version of ImagingUtility, for distributions that have none of their own
     */
    public String greeting(String built) {
        String banner = value("banner", "");
        return value("product", "ImagingUtility") + " " + value("version", built)
                + ". \"help\" lists the commands, Tab completes, \"exit\" or Ctrl+D leaves."
                + (banner.isEmpty() ? "" : System.lineSeparator() + banner);
    }

    private String value(String key, String otherwise) {
        String value = properties.apply(PREFIX + key);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
