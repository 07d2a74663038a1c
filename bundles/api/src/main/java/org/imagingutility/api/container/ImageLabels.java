package org.imagingutility.api.container;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.imagingutility.api.Metadata;

/**
 * What an image is found by among others: the machine it was made on, and tags. They stand in the facts of the image as {@code label.host}
 * and {@code label.tags}, and like all facts decide nothing when it is read.
 *
 * @param host name of the machine: 1 to 253 letters, digits, {@code .}, {@code _}, {@code -}; empty if it is not known
 * @param tags tags, ascending, each once: at most 32, each of 1 to 64 letters, digits, {@code .}, {@code _}, {@code -}, {@code :},
 *        {@code =}, {@code +}
 */
public record ImageLabels(Optional<String> host, List<String> tags) {
    /** None at all. */
    public static final ImageLabels NONE = new ImageLabels(Optional.empty(), List.of());
    /** Most tags of an image. */
    public static final int MAX_TAGS = 32;

    private static final String HOST = "label.host";
    private static final String TAGS = "label.tags";
    private static final String SEPARATOR = ",";
    private static final Pattern HOST_FORM = Pattern.compile("[\\p{L}\\p{N}._-]{1,253}");
    private static final Pattern TAG_FORM = Pattern.compile("[\\p{L}\\p{N}._:=+-]{1,64}");

    /** Checks the forms, and puts the tags in order. */
    public ImageLabels {
        if (host.isPresent() && !isHost(host.get())) {
            throw new IllegalArgumentException("\"" + host.get() + "\" is no name of a machine: 1 to 253 letters, digits, '.', '_', '-'");
        }
        SortedSet<String> each = new TreeSet<>(tags);
        for (String tag : each) {
            if (!isTag(tag)) {
                throw new IllegalArgumentException("\"" + tag + "\" is no tag: 1 to 64 letters, digits, '.', '_', '-', ':', '=', '+'");
            }
        }
        if (each.size() > MAX_TAGS) {
            throw new IllegalArgumentException(each.size() + " tags, an image has at most " + MAX_TAGS);
        }
        tags = List.copyOf(each);
    }

    /** Says whether {@code text} may be the name of a machine. */
    public static boolean isHost(String text) {
        return HOST_FORM.matcher(text).matches();
    }

    /** Says whether {@code text} may be a tag. */
    public static boolean isTag(String text) {
        return TAG_FORM.matcher(text).matches();
    }

    /** Returns the labels among the facts of an image. What has not the form of one is none, as nothing keeps it from standing there. */
    public static ImageLabels of(Metadata facts) {
        Optional<String> host = facts.text(HOST).filter(ImageLabels::isHost);
        List<String> tags = Arrays.stream(facts.text(TAGS).orElse("").split(SEPARATOR, -1)).filter(ImageLabels::isTag).sorted().distinct()
                .limit(MAX_TAGS).toList();
        return new ImageLabels(host, tags);
    }

    /** Returns {@code facts} with these labels. */
    public Metadata addedTo(Metadata facts) {
        if (host.isEmpty() && tags.isEmpty()) {
            return facts;
        }
        Map<String, Object> all = new TreeMap<>(facts.values());
        host.ifPresent(name -> all.put(HOST, name));
        if (!tags.isEmpty()) {
            all.put(TAGS, String.join(SEPARATOR, tags));
        }
        return Metadata.of(all);
    }

    /** Says whether all of {@code wanted} are among the tags. */
    public boolean hasAll(Collection<String> wanted) {
        return tags.containsAll(wanted);
    }
}
