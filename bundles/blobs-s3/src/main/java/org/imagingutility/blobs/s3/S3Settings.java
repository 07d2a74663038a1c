package org.imagingutility.blobs.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.config.Units;
import org.osgi.service.component.annotations.Component;

/**
 * What can be set of places in S3. Secrets are none of it: settings are shown, so credentials come from the environment and from the files
 * of profiles only.
 */
@Component(service = {SettingGroup.class, S3Settings.class})
public final class S3Settings implements SettingGroup {
    private static final String ENDPOINT = "s3.endpoint";
    private static final String REGION = "s3.region";
    private static final String PROFILE = "s3.profile";
    private static final String STYLE = "s3.style";
    private static final String CONDITIONAL = "s3.conditional-put";
    private static final String TIMEOUT = "s3.timeout";
    private static final String REQUESTS = "s3.requests";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}|");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?|");
    private static final List<Setting> SETTINGS = List.of(
            Setting.text(ENDPOINT, "", "empty, or the address of a server such as https://minio.example.com:9000",
                    "Where S3 is, if not at Amazon; the environment (AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL) and profiles can say it as well.",
                    S3Settings::endpoint),
            Setting.text(REGION, "", "empty, or the name of a region such as eu-central-1",
                    "The region of the buckets; if empty, that of the environment (AWS_REGION) or of the profile, else us-east-1.",
                    text -> matching(HOST, text)),
            Setting.text(PROFILE, "", "empty, or the name of a profile of ~/.aws/credentials",
                    "Whose credentials are used; if empty, those of the environment (AWS_ACCESS_KEY_ID), then those of AWS_PROFILE.",
                    text -> matching(NAME, text)),
            Setting.choice(STYLE, "auto", List.of("auto", "path", "host"),
                    "Where a bucket stands in addresses: in the path or in the name of the host; auto is host at Amazon, else path."),
            Setting.flag(CONDITIONAL, true, "Whether the server knows If-None-Match for puts; if not, an object is looked for first."),
            Setting.time(TIMEOUT, "60s", "1s", "1h", "How long a request may go without a further 64 KiB of it before it is given up."),
            Setting.number(REQUESTS, 16, 1, 256, "How many requests are worth having under way at once."));

    private volatile Values values = values(defaults());

    /** What is in force. */
    record Values(String endpoint, String region, String profile, String style, boolean conditionalPut, Duration timeout, int requests) {
    }

    /** Creates the settings with what they are by default. */
    public S3Settings() {
        // nothing to be done
    }

    Values values() {
        return values;
    }

    @Override
    public String pid() {
        return "org.imagingutility.blobs.s3";
    }

    @Override
    public String description() {
        return "How objects in S3 are reached.";
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
        return new Values(given.get(ENDPOINT), given.get(REGION), given.get(PROFILE), given.get(STYLE),
                Boolean.parseBoolean(given.get(CONDITIONAL)), Units.time(given.get(TIMEOUT)), Integer.parseInt(given.get(REQUESTS)));
    }

    private static Map<String, String> defaults() {
        return SETTINGS.stream().collect(java.util.stream.Collectors.toMap(Setting::key, Setting::defaultValue));
    }

    /** Returns the address of a server without a slash at its end. */
    static String endpoint(String text) {
        if (text.isEmpty()) {
            return text;
        }
        URI uri = URI.create(text);
        boolean address = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null
                && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                && uri.getPort() <= 65_535 && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!address) {
            throw new IllegalArgumentException("is no address of a server");
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Returns the name of a region. */
    static String region(String text) {
        return matching(HOST, text);
    }

    private static String matching(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("is none");
        }
        return text;
    }
}
