package org.imagingutility.api.error;

/**
 * A plug-in broke the contract of its interface: it threw what it may not throw, gave no answer or an impossible one, or
 * did half of what it was asked. Says nothing about the device or the image that was worked on. Thrown by the engine only.
 */
public final class PluginException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String name;
    private final String bundle;
    private final String reason;

    /**
     * Creates the error.
     *
     * @param kind {@code codec}, {@code device provider}, ...
     * @param name permanent name of the plug-in
     * @param bundle name and version of the bundle or module it comes from: {@code com.example.codec 1.0.0}
     * @param reason the method that was called, and what was wrong with it: found and expected
     * @param cause what the plug-in threw, or null
     */
    public PluginException(String kind, String name, String bundle, String reason, Throwable cause) {
        super(kind + " \"" + name + "\" of " + bundle + " broke its contract: " + reason,
                "update or remove " + bundle + ", and report this to its maker", cause);
        this.kind = kind;
        this.name = name;
        this.bundle = bundle;
        this.reason = reason;
    }

    /** Returns the kind of the plug-in. */
    public String kind() {
        return kind;
    }

    /** Returns the permanent name of the plug-in. */
    public String name() {
        return name;
    }

    /** Returns name and version of the bundle or module that the plug-in comes from. */
    public String bundle() {
        return bundle;
    }

    /** Returns what was wrong, without the names. */
    public String reason() {
        return reason;
    }
}
