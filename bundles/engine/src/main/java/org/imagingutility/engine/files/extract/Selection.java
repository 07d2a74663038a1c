package org.imagingutility.engine.files.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.NamePattern;
import org.imagingutility.api.files.TreePath;

/**
 * What of a tree is wanted: paths, in whose names may be patterns, joined by the begins they have in common, so that each file is found once
 * however many of them it fits. For one thread.
 */
final class Selection {
    private final Step root = new Step();
    private final Set<String> patterns = new HashSet<>();
    private final Set<String> found = new HashSet<>();

    /** A name further on the way: what may follow. */
    private static final class Step {
        private final Map<String, Step> names = new HashMap<>();
        private final Map<String, Step> patternSteps = new HashMap<>();
        private final List<NamePattern> patterns = new ArrayList<>();
        private final List<Step> behind = new ArrayList<>();
        /** The argument that ends here; null for none. */
        private String end;
    }

    /**
     * What is wanted of a directory.
     *
     * @param all all that is in it
     * @param steps names and patterns that go on here
     */
    record Scope(boolean all, List<Step> steps) {
        private static final Scope ALL = new Scope(true, List.of());

        /** Says whether nothing in it is wanted. */
        boolean isNothing() {
            return !all && steps.isEmpty();
        }
    }

    private Selection() {
    }

    /**
     * Returns the selection of some paths; of the whole tree if there are none.
     *
     * @throws UsageException if there is no such path
     */
    static Selection of(FileTree tree, List<String> paths) throws ImagingException {
        Selection selection = new Selection();
        if (paths.isEmpty()) {
            selection.root.end = "/";
        }
        for (String path : paths) {
            selection.add(tree, path);
        }
        return selection;
    }

    private void add(FileTree tree, String path) throws ImagingException {
        if (!isPattern(path)) {
            literal(TreePath.find(tree, path, false)).end = path;
            return;
        }
        try {
            // a name may have such characters in it
            literal(TreePath.find(tree, path, false)).end = path;
            return;
        } catch (UsageException e) {
            System.getLogger(Selection.class.getName()).log(System.Logger.Level.DEBUG, "a pattern then", e);
        }
        String[] names = List.of(path.split("/")).stream().filter(name -> !name.isEmpty() && !name.equals(".")).toArray(String[]::new);
        int first = 0;
        while (!isPattern(names[first])) {
            first++;
        }
        Step step = literal(TreePath.find(tree, String.join("/", List.of(names).subList(0, first)), true));
        for (int i = first; i < names.length; i++) {
            step = behind(step, names[i], tree.traits().caseSensitive());
        }
        step.end = path;
        patterns.add(path);
    }

    private static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    private Step literal(TreePath path) {
        Step step = root;
        // what was found by its path has no slash in its names
        for (String name : path.text().isEmpty() ? new String[0] : path.text().split("/")) {
            step = step.names.computeIfAbsent(name, key -> new Step());
        }
        return step;
    }

    private static Step behind(Step step, String pattern, boolean caseSensitive) throws UsageException {
        if (pattern.equals("..")) {
            throw new UsageException("\"..\" cannot follow a pattern", null);
        }
        Step known = step.patternSteps.get(pattern);
        if (known == null) {
            known = new Step();
            step.patterns.add(NamePattern.of(pattern, caseSensitive));
            step.behind.add(known);
            step.patternSteps.put(pattern, known);
        }
        return known;
    }

    /** Returns what is wanted of the root. */
    Scope whole() {
        return root.end != null ? Scope.ALL : new Scope(false, List.of(root));
    }

    /** Returns what is wanted of something in a directory: all of it, some of what is in it, or nothing. */
    Scope inside(Scope directory, String name) {
        if (directory.all) {
            return directory;
        }
        List<Step> next = new ArrayList<>();
        for (Step step : directory.steps) {
            Step named = step.names.get(name);
            if (named != null) {
                next.add(named);
            }
            for (int i = 0; i < step.patterns.size(); i++) {
                if (step.patterns.get(i).matches(name)) {
                    next.add(step.behind.get(i));
                }
            }
        }
        boolean all = false;
        for (Step step : next) {
            if (step.end != null) {
                found.add(step.end);
                all = true;
            }
        }
        return all ? Scope.ALL : new Scope(false, next);
    }

    /** Fails if there is a pattern that nothing has fitted. */
    void expectAll() throws UsageException {
        for (String pattern : patterns) {
            if (!found.contains(pattern)) {
                throw new UsageException("nothing fits \"" + TreePath.shown(pattern) + "\"",
                        "* stands for characters of one name, not for a slash; \"find\" looks in all directories");
            }
        }
    }
}
