package org.imagingutility.engine.plugin;

import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.engine.guard.GuardedPlugin;

/**
 * What was found out of a plug-in when it came. All that it says of itself is asked here, once, so that one that cannot
 * even say its name is listed with the reason and is in nobody's way.
 *
 * @param name its name; {@link #NO_NAME} if it has none that can be shown
 * @param guarded the plug-in behind its guard; null if it is refused
 * @param takesAny whether it takes references of any form
 * @param wireId wire id of a codec, if it has one
 * @param refusal why it is refused; empty if it is not
 */
record Admission<P>(String name, P guarded, boolean takesAny, OptionalInt wireId, Optional<String> refusal) {
    /** Shown in place of a name. */
    static final String NO_NAME = "?";
    /** Wire ids from here on are for third parties. */
    static final int FIRST_FOREIGN_ID = 32768;
    private static final int LONGEST_NAME = 32;
    /** What users write for the default codec that looks first whether a frame compresses. */
    private static final String AUTO = "auto";

    /**
     * Asks a plug-in that came.
     *
     * @param own whether it is one of this project
     * @param trusted whether its bundle may have what is reserved for this project
     */
    static <P> Admission<P> of(PluginKind kind, P plugin, Origin origin, boolean own, boolean trusted) {
        String name = NO_NAME;
        OptionalInt wireId = OptionalInt.empty();
        try {
            String said = kind.nameOf(plugin);
            Optional<String> fault = faultOf(kind, said);
            if (fault.isPresent()) {
                return refused(name, wireId, fault.get());
            }
            name = said;
            if (!said.equals(kind.nameOf(plugin))) {
                return refused(name, wireId, "its name is another one each time it is asked");
            }
            if (plugin instanceof Codec codec) {
                wireId = OptionalInt.of(codec.wireId());
            }
            @SuppressWarnings("unchecked")
            P guarded = (P) kind.guarded(new GuardedPlugin(kind.label(), said, origin::title), plugin, own);
            if (wireId.isPresent() && wireId.getAsInt() < FIRST_FOREIGN_ID && !trusted) {
                return refused(name, wireId, "wire ids below " + FIRST_FOREIGN_ID + " belong to codecs of ImagingUtility, those of"
                        + " third parties begin there");
            }
            return new Admission<>(name, guarded, kind.takesAny(plugin), wireId, Optional.empty());
        } catch (PluginException e) {
            return refused(name, wireId, e.reason());
        } catch (RuntimeException | Error e) {
            return refused(name, wireId, "it threw " + e + " when it was asked what it is");
        }
    }

    /** Returns what is known of a plug-in that could not be made. */
    static <P> Admission<P> refused(String reason) {
        return refused(NO_NAME, OptionalInt.empty(), reason);
    }

    private static <P> Admission<P> refused(String name, OptionalInt wireId, String reason) {
        return new Admission<>(name, null, false, wireId, Optional.of(reason));
    }

    private static Optional<String> faultOf(PluginKind kind, String name) {
        if (name == null) {
            return Optional.of("its name is null");
        }
        boolean plain = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
        }
        if (!plain) {
            return Optional.of("its name \"" + name + "\" is not 1 to " + LONGEST_NAME + " lower-case letters, digits and hyphens");
        }
        return kind == PluginKind.CODEC && name.equals(AUTO) ? Optional.of("no codec may be called \"" + AUTO + "\"")
                : Optional.empty();
    }
}
