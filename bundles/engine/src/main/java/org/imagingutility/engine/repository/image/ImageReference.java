package org.imagingutility.engine.repository.image;

import java.util.Optional;
import java.util.regex.Pattern;
import org.imagingutility.engine.repository.layout.ObjectNames;

/**
 * A reference by which an image in a repository may be meant: {@code R#NAME}, or {@code R#NAME@TIME}.
 *
 * @param reference all of it
 * @param repository the part before the last {@code #}: the place the repository would be in
 * @param name name of the image
 * @param time what its time begins with, and what follows it in its key; empty for the newest
 */
public record ImageReference(String reference, String repository, String name, String time) {
    private static final Pattern TIME = Pattern.compile("[0-9a-z-]{1,40}");

    /** Returns the parts of {@code reference} if it has the form. */
    public static Optional<ImageReference> of(String reference) {
        int mark = reference.lastIndexOf('#');
        if (mark < 1) {
            return Optional.empty();
        }
        String image = reference.substring(mark + 1);
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        String time = at < 0 ? "" : image.substring(at + 1);
        if (!ObjectNames.isImageName(name) || at >= 0 && !TIME.matcher(time).matches()) {
            return Optional.empty();
        }
        return Optional.of(new ImageReference(reference, reference.substring(0, mark), name, time));
    }
}
