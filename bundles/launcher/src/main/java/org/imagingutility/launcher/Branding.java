package org.imagingutility.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The name of the program and what it says of itself, from {@code conf/branding.properties}. Bundles find them as system
 * properties {@code imaging.branding.command}, {@code .product}, {@code .banner} and {@code .support}; those that a
 * distribution does not set are not there. {@code imaging.branding.folder}, which follows from the command, names the folders
 * of its data.
 */
record Branding(Properties properties) {
    private static final String FILE = "branding.properties";
    private static final String PREFIX = "imaging.branding.";
    private static final String COMMAND = "command";
    private static final String COMMAND_UNBRANDED = "imaging";
    private static final String FOLDER = PREFIX + "folder";
    /** It names scripts and folders. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final List<String> KEYS = List.of(COMMAND, "product", "version", "banner", "support");

    /** Reads the file; without one the program is called what it is. */
    static Branding read(Path conf) throws IOException {
        Properties properties = new Properties();
        Path file = conf.resolve(FILE);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException("\"" + file + "\": " + e.getMessage(), e);
            }
        }
        Branding branding = new Branding(properties);
        if (!NAME.matcher(branding.command()).matches()) {
            throw new IOException("\"" + file + "\": command = \"" + branding.command()
                    + "\" cannot name scripts and folders: at most 64 of A-Z, a-z, 0-9, \".\", \"_\" and \"-\", no such mark first");
        }
        return branding;
    }

    /** Returns what users type. */
    String command() {
        return properties.getProperty(COMMAND, COMMAND_UNBRANDED).strip();
    }

    /** Returns the name of the folders in which this distribution keeps its cache, its jobs and its log. */
    String folder() {
        return command().equals(COMMAND_UNBRANDED) ? "imagingutility" : command();
    }

    /** Tells the bundles. */
    void publish() {
        System.setProperty(FOLDER, folder());
        for (String key : KEYS) {
            String value = properties.getProperty(key);
            if (value != null) {
                System.setProperty(PREFIX + key, value.strip());
            }
        }
    }

    /**
     * Returns what {@code --version} prints: one line, and what the distribution has to add.
     *
     * @param built the version of ImagingUtility
     */
    List<String> version(String built) {
        List<String> lines = new ArrayList<>();
        String own = properties.getProperty("version", "").strip();
        lines.add(command() + " " + (own.isEmpty() ? built : own));
        String product = properties.getProperty("product", "").strip();
        if (!product.isEmpty()) {
            lines.add(product + ", made of ImagingUtility " + built);
        }
        String banner = properties.getProperty("banner", "").strip();
        banner.lines().forEach(lines::add);
        String support = properties.getProperty("support", "").strip();
        if (!support.isEmpty()) {
            lines.add("Support: " + support);
        }
        return lines;
    }
}
