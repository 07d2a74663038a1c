package org.imagingutility.api.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says which version a package must have at the least, by what became of it since it was released. */
final class ApiGuard {
    private static final int SHOWN = 20;

    private ApiGuard() {
    }

    /** Returns why {@code version} is too low for what changed; empty if it will do. */
    static Optional<String> complaint(String name, Released released, String version, SortedSet<String> now) {
        SortedSet<String> gone = new TreeSet<>(released.lines());
        gone.removeAll(now);
        SortedSet<String> fresh = new TreeSet<>(now);
        fresh.removeAll(released.lines());
        List<Integer> needed = needed(numbers(released.version()), breaks(gone, fresh, now), !fresh.isEmpty());
        if (compare(numbers(version), needed) >= 0) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("package " + name + " has version " + version + ", as it was released or lower, "
                + "but is another one now: @Version in its package-info.java must be " + needed.get(0) + "." + needed.get(1)
                + "." + needed.get(2) + " or higher");
        gone.stream().limit(SHOWN).forEach(line -> text.append("\n  gone:  ").append(line));
        fresh.stream().limit(SHOWN).forEach(line -> text.append("\n  added: ").append(line));
        return Optional.of(text.toString());
    }

    /** What is gone breaks callers; a method without a body that is new breaks those who implement the type. */
    private static boolean breaks(SortedSet<String> gone, SortedSet<String> fresh, SortedSet<String> now) {
        return !gone.isEmpty() || fresh.stream().filter(line -> line.contains(": abstract "))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .anyMatch(type -> now.stream().anyMatch(line -> line.startsWith(type + ": interface (consumer)"))
                        && fresh.stream().noneMatch(line -> line.startsWith(type + ": interface")));
    }

    /**
     * By semantic versioning, before 1.0.0 as well: bnd has plug-ins import a package up to the next first number
     * ({@code [0.2,1)}), so only that keeps one that was built before something broke from being resolved.
     */
    private static List<Integer> needed(List<Integer> released, boolean broken, boolean added) {
        if (broken) {
            return List.of(released.get(0) + 1, 0, 0);
        }
        return added ? List.of(released.get(0), released.get(1) + 1, 0) : released;
    }

    private static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : version.split("\\.")) {
            numbers.add(Integer.valueOf(part));
        }
        if (numbers.size() != 3) {
            throw new IllegalArgumentException("version " + version + " is not three numbers");
        }
        return numbers;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < 3; i++) {
            if (!a.get(i).equals(b.get(i))) {
                return Integer.compare(a.get(i), b.get(i));
            }
        }
        return 0;
    }

    /**
     * A package as it was released.
     *
     * @param version its version then
     * @param lines what others could see of it
     */
    record Released(String version, SortedSet<String> lines) {
        static Released of(List<String> file) {
            return new Released(file.get(0).replaceFirst("^version ", ""), new TreeSet<>(file.subList(1, file.size())));
        }
    }
}
