package org.imagingutility.engine.repository.image;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.Digest;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.Stored;

/**
 * The frames that checks have found damaged or missing, as the repository noted them when this was read. Whoever writes takes none of them for
 * being there. Immutable.
 */
public final class DamageMarks {
    /** No frame at all. */
    public static final DamageMarks NONE = new DamageMarks(Set.of(), false);
    /** Most that are held, some 10 MiB of them; where there are more, every frame counts as noted. */
    private static final int MOST = 50_000;
    private static final int PAGE = 1000;

    private final Set<String> keys;
    private final boolean all;

    private DamageMarks(Set<String> keys, boolean all) {
        this.keys = keys;
        this.all = all;
    }

    /** Reads those of a repository. */
    public static DamageMarks of(Repository repository) throws ImagingException {
        Set<String> keys = new HashSet<>();
        String after = "";
        List<BlobInfo> page;
        do {
            page = repository.list(ObjectNames.DAMAGED, after, PAGE);
            for (BlobInfo one : page) {
                keys.add(one.key());
                after = one.key();
            }
        } while (page.size() == PAGE && keys.size() < MOST);
        return keys.size() < MOST ? new DamageMarks(keys, false) : new DamageMarks(Set.of(), true);
    }

    /** Says whether there is none. */
    public boolean isEmpty() {
        return keys.isEmpty() && !all;
    }

    /** Says whether the frame of {@code content} in the form {@code stored} is noted. */
    public boolean has(Digest content, Stored stored) {
        return all || !keys.isEmpty() && keys.contains(ObjectNames.damage(content, stored));
    }
}
