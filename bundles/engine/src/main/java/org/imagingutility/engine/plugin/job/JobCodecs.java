package org.imagingutility.engine.plugin.job;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.engine.plugin.PluginEntry;
import org.imagingutility.engine.plugin.PluginSet;

/** The codecs of one job, each of which is exchanged while the job continues. Used by several threads at once. */
final class JobCodecs {
    private final PluginSet<Codec> installed;
    private final SwapAwareMonitor monitor;
    private final RefusedPlugins refusals;
    private final ReplacementWait replacement;
    private final Map<Integer, SwappingCodec> codecs = new ConcurrentHashMap<>();
    /** The codecs that the job's images name, by wire id. */
    private final Map<Integer, String> expected = new ConcurrentHashMap<>();

    JobCodecs(PluginSet<Codec> installed, SwapAwareMonitor monitor, RefusedPlugins refusals, ReplacementWait replacement) {
        this.installed = installed;
        this.monitor = monitor;
        this.refusals = refusals;
        this.replacement = replacement;
    }

    /** Returns the codec of that name; empty if none is there and none was. */
    Optional<Codec> named(String name) {
        for (PluginEntry<Codec> entry : installed.entries()) {
            if (entry.name().equals(name) && refusals.accepts(entry)) {
                return Optional.of(swapping(entry));
            }
        }
        for (SwappingCodec known : codecs.values()) {
            if (known.name().equals(name)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Returns the codec of that wire id, by the name that images give it if they do; empty if none is there and none was. */
    Optional<Codec> byWireId(int wireId) {
        SwappingCodec known = codecs.get(wireId);
        if (known != null) {
            return Optional.of(known);
        }
        String name = expected.get(wireId);
        for (PluginEntry<Codec> entry : name == null ? installed.entries() : installed.sound()) {
            if (refusals.accepts(entry) && entry.plugin().wireId() == wireId && (name == null || entry.name().equals(name))) {
                return Optional.of(swapping(entry));
            }
        }
        return Optional.empty();
    }

    /** Returns the wire id and, if an image gave one, the name it belongs to, for errors. */
    String describe(int wireId) {
        String name = expected.get(wireId);
        return name == null ? "wire id " + wireId : name + " (wire id " + wireId + ")";
    }

    /** See {@code Plugins.expectCodec}. */
    void expect(ImageSpec spec) {
        expected.put(spec.codecWireId(), spec.codecName());
        codecs.computeIfPresent(spec.codecWireId(), (wireId, codec) -> codec.name().equals(spec.codecName()) ? codec : null);
    }

    private SwappingCodec swapping(PluginEntry<Codec> first) {
        SwappingCodec made = new SwappingCodec(installed, monitor, refusals, replacement, first);
        SwappingCodec known = codecs.putIfAbsent(made.wireId(), made);
        return known == null ? made : known;
    }

    /** Forgets the job's codecs. */
    void clear() {
        codecs.clear();
    }
}
