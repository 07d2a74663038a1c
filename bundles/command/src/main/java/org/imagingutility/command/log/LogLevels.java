package org.imagingutility.command.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.osgi.service.component.annotations.Component;

/** What is logged. Used by several threads at once. */
@Component(service = SettingGroup.class)
public final class LogLevels implements SettingGroup {
    /** The level of all bundles that have none of their own. */
    public static final String ALL = "log.level";
    /** The levels of single bundles. */
    public static final String SINGLE = "log.levels";
    /** The levels, from nothing to everything. */
    public static final List<String> LEVELS = List.of("off", "error", "warning", "info", "debug", "trace");
    private static final String BUNDLE = "[A-Za-z0-9_.-]{1,200}";
    private static final List<Setting> SETTINGS = List.of(
            Setting.choice(ALL, "info", LEVELS, "What is logged of bundles that have no level of their own."),
            Setting.text(SINGLE, "", "BUNDLE=LEVEL, several with commas; the levels are " + String.join(", ", LEVELS),
                    "Levels of single bundles, by symbolic names.", text -> write(parse(text))));
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private final List<Logger> loggers = new ArrayList<>();

    /** Creates the group. */
    public LogLevels() {
    }

    @Override
    public String pid() {
        return "org.imagingutility.log";
    }

    @Override
    public String description() {
        return "What is written to the log.";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public synchronized void apply(Map<String, String> values) {
        Logger.getLogger("").setLevel(level(values.get(ALL)));
        loggers.forEach(logger -> logger.setLevel(null));
        loggers.clear();
        parse(values.get(SINGLE)).forEach((bundle, level) -> {
            Logger logger = Logger.getLogger(bundle);
            logger.setLevel(level(level));
            loggers.add(logger);
        });
    }

    /**
     * Returns bundles and their levels.
     *
     * @throws IllegalArgumentException if {@code text} is no such list
     */
    public static Map<String, String> parse(String text) {
        Map<String, String> levels = new TreeMap<>();
        for (String each : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String[] parts = each.strip().split("\\s*=\\s*", -1);
            if (parts.length != 2 || !parts[0].matches(BUNDLE) || !LEVELS.contains(parts[1].toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("\"" + each + "\" is not BUNDLE=LEVEL");
            }
            levels.put(parts[0], parts[1].toLowerCase(Locale.ROOT));
        }
        return levels;
    }

    /** Returns the list that {@link #parse} reads. */
    public static String write(Map<String, String> levels) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, String> level : new TreeMap<>(levels).entrySet()) {
            parts.add(level.getKey() + "=" + level.getValue());
        }
        return String.join(", ", parts);
    }

    private static Level level(String name) {
        return switch (name) {
            case "off" -> Level.OFF;
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "debug" -> Level.FINE;
            case "trace" -> Level.ALL;
            default -> Level.INFO;
        };
    }
}
