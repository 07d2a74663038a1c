package org.imagingutility.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Finds the bundle that a user means: by its number, its symbolic name, or the end of that, with hyphens for dots if one likes:
 * {@code 12}, {@code org.imagingutility.codec.zstd}, {@code codec-zstd}.
 */
final class BundleNames {
    private BundleNames() {
    }

    /**
     * Returns the bundle.
     *
     * @throws IllegalArgumentException if there is none, or more than one
     */
    static Bundle find(BundleContext context, String word) {
        List<Bundle> found = matching(context, word);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no bundle \"" + word + "\"; lb -s lists those there are");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("\"" + word + "\" may be " + found.stream().map(BundleNames::of)
                    .collect(Collectors.joining(" or ")) + ": give the number");
        }
        return found.get(0);
    }

    /** Returns all bundles that may be meant: if one bears the whole name, those that bear it. */
    static List<Bundle> matching(BundleContext context, String word) {
        if (word.matches("[0-9]{1,18}")) {
            Bundle numbered = context.getBundle(Long.parseLong(word));
            return numbered == null ? List.of() : List.of(numbered);
        }
        String wanted = normal(word);
        List<Bundle> whole = new ArrayList<>();
        List<Bundle> ends = new ArrayList<>();
        for (Bundle bundle : wanted.isEmpty() ? new Bundle[0] : context.getBundles()) {
            String name = bundle.getSymbolicName() == null ? "" : normal(bundle.getSymbolicName());
            if (name.equals(wanted)) {
                whole.add(bundle);
            } else if (name.endsWith("-" + wanted)) {
                ends.add(bundle);
            }
        }
        return whole.isEmpty() ? ends : whole;
    }

    /** Returns {@code org.imagingutility.codec.zstd 0.3.0 (12)}. */
    static String of(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion() + " (" + bundle.getBundleId() + ")";
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
    }
}
