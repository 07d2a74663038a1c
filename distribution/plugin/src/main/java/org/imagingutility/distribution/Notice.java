package org.imagingutility.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file NOTICE: text around a table of the jars that come from others, each with its licence as an SPDX identifier
 * and its origin. A table row begins with two blanks and the jar's artifact id; further lines of it are indented more.
 * The texts of licences other than Apache-2.0, which is the distribution's own, are files named in the row.
 */
final class Notice {
    private static final Pattern HEADING = Pattern.compile("  jar +licence +from");
    private static final Pattern ROW = Pattern.compile("  (\\S+) {2,}(\\S(?:.*?\\S)??) {2,}(\\S.*)");
    private static final Pattern FILE = Pattern.compile("licenses/[A-Za-z0-9._-]+\\.txt");
    private static final String UNCHANGED = "contains, unchanged:";
    private static final String SIGNED = "contains, unchanged but for signatures that were added:";
    private final List<String> before = new ArrayList<>();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> after = new ArrayList<>();

    /** One jar. */
    record Row(String artifactId, String licence, List<String> lines) {
        /** Returns the lines with the version behind the name, in the columns they have where there is room for it. */
        List<String> lines(String version) {
            List<String> versioned = new ArrayList<>(lines);
            String rest = lines.get(0).substring(2 + artifactId.length());
            String licenceOn = rest.stripLeading();
            int column = lines.get(0).length() - licenceOn.length();
            String name = "  " + artifactId + " " + version;
            versioned.set(0, name + " ".repeat(Math.max(2, column - name.length())) + licenceOn);
            return versioned;
        }

        /** Returns the files with licence texts that the row names, relative to the distribution. */
        List<String> files() {
            List<String> files = new ArrayList<>();
            Matcher matcher = FILE.matcher(String.join(" ", lines));
            while (matcher.find()) {
                files.add(matcher.group());
            }
            return files;
        }
    }

    private Notice() {
    }

    static Notice read(Path file) throws IOException {
        Notice notice = new Notice();
        List<String> target = notice.before;
        List<String> row = null;
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = ROW.matcher(line);
            if (target == notice.before) {
                target.add(line);
                if (HEADING.matcher(line).matches()) {
                    target = null;
                }
            } else if (target == null && matcher.matches()) {
                row = new ArrayList<>(List.of(line));
                notice.rows.put(matcher.group(1), new Row(matcher.group(1), matcher.group(2), row));
            } else if (target == null && row != null && line.startsWith("   ")) {
                row.add(line);
            } else {
                target = notice.after;
                target.add(line);
            }
        }
        if (target == notice.before) {
            throw new IOException("\"" + file + "\" has no table of jars (heading: jar, licence, from)");
        }
        return notice;
    }

    Optional<Row> row(String artifactId) {
        return Optional.ofNullable(rows.get(artifactId));
    }

    /**
     * Returns the text with the rows of {@code shipped} only, each with the version.
     *
     * @param signed whether the jars were signed for this distribution, and so are not quite what others published
     * @throws IOException if a jar from others has no row, or a row whose licence has no text in {@code home}
     */
    String of(Collection<Shipped> shipped, Path home, boolean signed) throws IOException {
        List<String> lines = new ArrayList<>();
        before.forEach(line -> lines.add(signed ? line.replace(UNCHANGED, SIGNED) : line));
        TreeMap<String, String> wanted = new TreeMap<>();
        shipped.stream().filter(jar -> !jar.isOwn()).forEach(jar -> wanted.put(jar.artifactId(), jar.version()));
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            String version = wanted.remove(entry.getKey());
            if (version != null) {
                check(entry.getValue(), home);
                lines.addAll(entry.getValue().lines(version));
            }
        }
        if (!wanted.isEmpty()) {
            throw new IOException("NOTICE has no row for " + wanted.keySet() + ": name licence and origin there");
        }
        lines.addAll(after);
        return String.join("\n", lines) + "\n";
    }

    private static void check(Row row, Path home) throws IOException {
        List<String> files = row.files();
        if (files.isEmpty() && !row.licence().equals("Apache-2.0")) {
            throw new IOException("NOTICE names no file licenses/NAME.txt with the text of " + row.licence() + " for " + row.artifactId());
        }
        for (String file : files) {
            if (!Files.isRegularFile(home.resolve(file))) {
                throw new IOException("NOTICE names \"" + file + "\" for " + row.artifactId() + ", which is not there");
            }
        }
    }
}
