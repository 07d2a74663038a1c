package org.imagingutility.api.error;

/** No installed plug-in has the name or wire id that is asked for. */
public final class PluginMissingException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String name;

    /**
     * Creates the error.
     *
     * @param kind {@code codec}, {@code container format}, ...
     * @param name the name or wire id wanted
     * @param neededBy what asks for it: an image, an option
     * @param available the names there are
     */
    public PluginMissingException(String kind, String name, String neededBy, Iterable<String> available) {
        super(neededBy + " needs " + kind + " \"" + name + "\", which is not installed (available: "
                + list(available) + ")", "install the bundle that provides " + kind + " \"" + name + "\"", null);
        this.kind = kind;
        this.name = name;
    }

    /** Returns the kind of plug-in. */
    public String kind() {
        return kind;
    }

    /** Returns the name or wire id that was wanted. */
    public String name() {
        return name;
    }

    private static String list(Iterable<String> names) {
        String joined = String.join(", ", names);
        return joined.isEmpty() ? "none" : joined;
    }
}
