package org.imagingutility.blobs.sftp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.config.Units;
import org.osgi.service.component.annotations.Component;

/** What can be set of places by SFTP. Secrets are none of it: settings are shown, so there are files and variables for them. */
@Component(service = {SettingGroup.class, SftpSettings.class})
public final class SftpSettings implements SettingGroup {
    private static final String KNOWN_HOSTS = "sftp.known-hosts";
    private static final String IDENTITY = "sftp.identity";
    private static final String PASSWORD_FILE = "sftp.password-file";
    private static final String TIMEOUT = "sftp.timeout";
    private static final String REQUESTS = "sftp.requests";
    private static final List<Setting> SETTINGS = List.of(
            path(KNOWN_HOSTS, "The file with the keys of known servers; if empty, ~/.ssh/known_hosts."),
            path(IDENTITY, "The file with the private key; if empty, id_ed25519, id_ecdsa and id_rsa of ~/.ssh, those that are there."),
            path(PASSWORD_FILE, "A file whose first line is the password; the environment (IMAGINGUTILITY_SFTP_PASSWORD) goes before it."),
            Setting.time(TIMEOUT, "60s", "1s", "1h", "How long one step, such as 64 KiB of an object, may take before the connection is given up."),
            Setting.number(REQUESTS, 8, 1, 64, "How many requests are worth having under way at once."));

    private volatile Values values = values(SETTINGS.stream().collect(Collectors.toMap(Setting::key, Setting::defaultValue)));

    /** What is in force. */
    record Values(String knownHosts, String identity, String passwordFile, Duration timeout, int requests) {
    }

    /** Creates the settings with what they are by default. */
    public SftpSettings() {
        // nothing to be done
    }

    private static Setting path(String key, String description) {
        return Setting.text(key, "", "empty, or the path of a file", description, text -> {
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("is no path");
            }
            return text;
        });
    }

    Values values() {
        return values;
    }

    @Override
    public String pid() {
        return "org.imagingutility.blobs.sftp";
    }

    @Override
    public String description() {
        return "How objects are reached by SFTP.";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public void apply(Map<String, String> given) {
        values = values(given);
    }

    private static Values values(Map<String, String> given) {
        return new Values(given.get(KNOWN_HOSTS), given.get(IDENTITY), given.get(PASSWORD_FILE), Units.time(given.get(TIMEOUT)),
                Integer.parseInt(given.get(REQUESTS)));
    }
}
