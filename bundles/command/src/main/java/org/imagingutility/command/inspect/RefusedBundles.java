package org.imagingutility.command.inspect;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.TerminalText;

/**
 * The bundles that the launcher refused to start. It tells them as maps with keys {@code bundle}, {@code version},
 * {@code id}, {@code location} and {@code reason}, because it shares no class with this bundle.
 */
public final class RefusedBundles {
    /** Where nothing is refused. */
    public static final RefusedBundles NONE = new RefusedBundles(() -> null);
    private final Supplier<Supplier<List<Map<String, String>>>> launcher;

    /** One of them. */
    record Bundle(Map<String, String> facts) {
        String fact(String key) {
            return TerminalText.safe(facts.getOrDefault(key, ""));
        }

        static void write(Json.Node node, Bundle bundle) {
            for (String key : List.of("bundle", "version", "id", "location", "reason")) {
                node.put(key, bundle.facts.getOrDefault(key, ""));
            }
        }
    }

    private RefusedBundles(Supplier<Supplier<List<Map<String, String>>>> launcher) {
        this.launcher = launcher;
    }

    /** Returns what the launcher refused at the time of asking; {@code launcher} gives null where it refuses nothing. */
    public static RefusedBundles of(Supplier<Supplier<List<Map<String, String>>>> launcher) {
        return new RefusedBundles(launcher);
    }

    List<Bundle> list() {
        Supplier<List<Map<String, String>>> current = launcher.get();
        return current == null ? List.of() : current.get().stream().map(Bundle::new).toList();
    }

    boolean isEmpty() {
        return list().isEmpty();
    }

    void print(PrintStream out) {
        for (Bundle bundle : list()) {
            out.println("refused: " + bundle.fact("bundle") + " " + bundle.fact("version") + " (" + bundle.fact("location") + "): "
                    + bundle.fact("reason"));
        }
    }
}
