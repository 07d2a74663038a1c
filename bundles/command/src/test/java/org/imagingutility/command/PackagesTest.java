package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One package, one subject: packages stay small, and the arrows between them go one way. By the compiled classes. */
class PackagesTest {
    private static final String ROOT = "org.imagingutility.command";
    private static final Pattern ARROW = Pattern.compile("\\s*(\\S+)\\s+->\\s+(\\S+)\\s.*");
    private static final int MOST_CLASSES = 22;
    private final Path classes = Path.of("target", "classes");

    @Test
    void theArrowsBetweenPackagesGoOneWay() {
        // each JDK has it; only the bare runtime that tests run on under Wine lacks it
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElse(null);
        assumeTrue(jdeps != null, "this Java has no jdeps");
        Map<String, Set<String>> arrows = arrows(jdeps);
        assertThat(arrows.get(ROOT + ".backup")).as("what jdeps tells is understood").contains(ROOT + ".root", ROOT + ".options");
        List<String> circles = new ArrayList<>();
        for (String from : arrows.keySet()) {
            arrows.get(from).stream().filter(to -> reaches(arrows, to, from, new TreeSet<>())).forEach(to -> circles.add(from + " -> " + to));
        }
        assertThat(circles).isEmpty();
    }

    @Test
    void noPackageIsTooFullToFindOnesWay() throws IOException {
        try (Stream<Path> folders = Files.walk(classes.resolve(ROOT.replace('.', '/'))).filter(Files::isDirectory)) {
            for (Path folder : folders.toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches("[A-Za-z0-9]+\\.class")))
                            .as(folder.toString()).hasSizeLessThanOrEqualTo(MOST_CLASSES);
                }
            }
        }
    }

    private static boolean reaches(Map<String, Set<String>> arrows, String from, String wanted, Set<String> seen) {
        return from.equals(wanted) || seen.add(from)
                && arrows.getOrDefault(from, Set.of()).stream().anyMatch(next -> reaches(arrows, next, wanted, seen));
    }

    /** Returns which package of this bundle uses which others of it. */
    private Map<String, Set<String>> arrows(ToolProvider jdeps) {
        StringWriter told = new StringWriter();
        PrintWriter out = new PrintWriter(told);
        int code = jdeps.run(out, out, "-verbose:package", "--ignore-missing-deps", classes.resolve(ROOT.replace('.', '/')).toString());
        assertThat(code).as(told.toString()).isZero();
        Map<String, Set<String>> found = new TreeMap<>();
        for (String line : told.toString().lines().toList()) {
            Matcher arrow = ARROW.matcher(line);
            if (arrow.matches() && arrow.group(1).startsWith(ROOT) && arrow.group(2).startsWith(ROOT)) {
                found.computeIfAbsent(arrow.group(1), ignored -> new TreeSet<>()).add(arrow.group(2));
            }
        }
        return found;
    }
}
