package org.imagingutility.command.config;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.command.text.Reasons;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What is in force of all settings there are. The files of {@code conf/} are read when a value is first asked for; in a shell,
 * {@link ContainerConfiguration} hands over what changes later. A value that is refused leaves the one before in force.
 * Used by several threads at once.
 */
@Component(service = Configuration.class)
public final class Configuration {
    private static final String FOLDER = "imaging.conf";
    /** Where values come from that stand in no file. */
    static final String CONTAINER = "container";
    private static final String HOME = "imaging.home";
    private final Optional<Path> folder;
    private final Map<SettingGroup, State> groups = new LinkedHashMap<>();

    /** What is in force of a group, and what was refused. */
    private static final class State {
        private Map<String, Effective> values;
        private List<String> problems = List.of();
    }

    /** Creates the configuration of this distribution: {@code conf/}, or the folder that the property imaging.conf names. */
    @Activate
    public Configuration() {
        this(folderOfProcess());
    }

    private static Optional<Path> folderOfProcess() {
        String named = System.getProperty(FOLDER);
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        String home = System.getProperty(HOME);
        return home == null ? Optional.empty() : Optional.of(Path.of(home, "conf"));
    }

    /** Creates the configuration that a folder holds; without a folder all is as by default and nothing can be set. */
    public Configuration(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Adds a group. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void bindGroup(SettingGroup group) {
        groups.put(group, new State());
    }

    /** Removes a group. */
    public synchronized void unbindGroup(SettingGroup group) {
        groups.remove(group);
    }

    /** Returns all settings, those of a group together, groups by their identity. */
    public synchronized List<Effective> all() {
        List<Effective> all = new ArrayList<>();
        for (SettingGroup group : sorted()) {
            all.addAll(loaded(group).values.values());
        }
        return List.copyOf(all);
    }

    /** Returns the groups, by their identity. */
    public synchronized List<SettingGroup> groups() {
        return List.copyOf(sorted());
    }

    /** Returns what is in force of the setting {@code key}; empty if there is none of that name. */
    public synchronized Optional<Effective> find(String key) {
        for (SettingGroup group : sorted()) {
            Effective found = loaded(group).values.get(key);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Returns what was refused and why, a line for each. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (SettingGroup group : sorted()) {
            problems.addAll(loaded(group).problems);
        }
        return List.copyOf(problems);
    }

    /**
     * Sets {@code key} in its group's file, or removes it from there if {@code value} is empty, and puts that in force.
     *
     * @throws UsageException if there is no such setting, or it cannot have that value
     * @throws TargetException if the file cannot be written
     */
    public synchronized Effective set(String key, Optional<String> value) throws UsageException, TargetException {
        Effective before = find(key).orElseThrow(() -> new UsageException("there is no setting \"" + key + "\"",
                "\"imaging config\" lists those there are"));
        ConfFile file = file(before.group()).orElseThrow(() -> new UsageException("settings cannot be kept: there is no folder "
                + "for them", "name one by the system property " + FOLDER));
        Optional<String> checked = checked(before, value);
        try {
            file.write(key, checked, Template.of(before.group()));
        } catch (IOException e) {
            throw new TargetException(file.path().toString(), -1, "the setting cannot be written: " + Reasons.of(e),
                    "have the right to write there, or name another folder by the system property " + FOLDER, e);
        }
        load(before.group());
        return find(key).orElseThrow();
    }

    /** Takes the values that the container has for a group; returns what of them is refused, by key. */
    synchronized Map<String, String> take(SettingGroup group, Map<String, String> given, String source) {
        State state = groups.get(group);
        return state == null ? Map.of() : take(group, loaded(group), given, source);
    }

    /** Reads the group's file again. */
    synchronized void reload(SettingGroup group) {
        if (groups.containsKey(group)) {
            load(group);
        }
    }

    /** Asked by every option of every command, so it is written without streams, which take long to come up. */
    private List<SettingGroup> sorted() {
        List<SettingGroup> sorted = new ArrayList<>(groups.keySet());
        sorted.sort((a, b) -> a.pid().compareTo(b.pid()));
        return sorted;
    }

    private Optional<ConfFile> file(SettingGroup group) {
        return folder.isEmpty() ? Optional.empty() : Optional.of(new ConfFile(folder.get().resolve(group.pid() + ".cfg")));
    }

    private State loaded(SettingGroup group) {
        if (groups.get(group).values == null) {
            load(group);
        }
        return groups.get(group);
    }

    private void load(SettingGroup group) {
        State state = groups.get(group);
        if (state.values == null) {
            state.values = defaults(group);
        }
        Optional<ConfFile> file = file(group);
        if (file.isEmpty()) {
            return;
        }
        try {
            take(group, state, file.get().read(), file.get().path().getFileName().toString());
        } catch (IOException e) {
            state.problems = List.of("\"" + file.get().path() + "\" cannot be read: " + Reasons.of(e));
            warn(state.problems.get(0));
        }
    }

    private Map<String, String> take(SettingGroup group, State state, Map<String, String> given, String source) {
        Map<String, Effective> values = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, String> unknown = new LinkedHashMap<>(given);
        for (Setting setting : group.settings()) {
            String text = unknown.remove(setting.key());
            Effective value = new Effective(group, setting, setting.defaultValue(), "default");
            if (text != null) {
                try {
                    value = new Effective(group, setting, setting.check(text), source);
                } catch (IllegalArgumentException e) {
                    refused.put(setting.key(), e.getMessage());
                    value = state.values.get(setting.key());
                }
            }
            values.put(setting.key(), value);
        }
        for (String key : unknown.keySet()) {
            refused.put(key, "there is no setting \"" + key + "\"");
        }
        Optional<String> contradiction = group.contradiction(texts(values));
        if (contradiction.isPresent()) {
            refused.put(group.pid(), contradiction.get());
            values = state.values;
        }
        boolean changed = !texts(values).equals(texts(state.values));
        state.values = values;
        state.problems = told(group, refused, values, source);
        if (changed) {
            group.apply(texts(values));
        }
        return refused;
    }

    /** Says of each value that was refused where it stands and what is in force instead. */
    private List<String> told(SettingGroup group, Map<String, String> refused, Map<String, Effective> values, String source) {
        if (refused.isEmpty()) {
            return List.of();
        }
        String place = source.equals(CONTAINER) ? "the container's configuration of " + group.pid()
                : "\"" + file(group).map(file -> file.path().toString()).orElse(source) + "\"";
        List<String> lines = new ArrayList<>();
        refused.forEach((key, why) -> lines.add(place + ": " + why
                + (values.containsKey(key) ? "; \"" + values.get(key).value() + "\" stays in force" : "")));
        lines.forEach(Configuration::warn);
        return List.copyOf(lines);
    }

    /** Returns the value in its usual form, if it is one and goes together with the others that are in force. */
    private Optional<String> checked(Effective before, Optional<String> value) throws UsageException {
        Setting setting = before.setting();
        try {
            Optional<String> checked = value.map(setting::check);
            Map<String, String> values = texts(loaded(before.group()).values);
            values.put(setting.key(), checked.orElse(setting.defaultValue()));
            Optional<String> contradiction = before.group().contradiction(values);
            if (contradiction.isPresent()) {
                throw new UsageException(contradiction.get(), null);
            }
            return checked;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), null);
        }
    }

    private static Map<String, Effective> defaults(SettingGroup group) {
        Map<String, Effective> values = new LinkedHashMap<>();
        for (Setting setting : group.settings()) {
            values.put(setting.key(), new Effective(group, setting, setting.defaultValue(), "default"));
        }
        return values;
    }

    private static Map<String, String> texts(Map<String, Effective> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Effective> value : values.entrySet()) {
            texts.put(value.getKey(), value.getValue().value());
        }
        return texts;
    }

    /** Asks for the logger only when there is something to say: finding one takes longer than a short command. */
    private static void warn(String line) {
        System.getLogger("org.imagingutility.command").log(Level.WARNING, line);
    }
}
