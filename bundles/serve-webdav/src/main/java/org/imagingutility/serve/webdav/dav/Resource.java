package org.imagingutility.serve.webdav.dav;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.serve.webdav.http.HttpDates;
import org.imagingutility.serve.webdav.tree.Found;

/**
 * What a client sees under a path.
 *
 * @param href its path
 * @param name its name, for people
 * @param size bytes of a file; empty for a collection
 * @param modified when it was changed
 * @param created when it was made
 * @param etag entity tag of a file
 */
record Resource(String href, String name, OptionalLong size, Optional<Instant> modified, Optional<Instant> created, Optional<String> etag) {
    static final String TYPE = "resourcetype";

    static Resource folder(String href, String name) {
        return new Resource(href, name, OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Resource of(String href, Found found) {
        boolean file = found.kind() == FileKind.FILE;
        return new Resource(href, found.name(), file ? OptionalLong.of(found.size()) : OptionalLong.empty(), found.modified(), found.created(),
                file ? Optional.of(found.etag()) : Optional.empty());
    }

    boolean isCollection() {
        return size.isEmpty();
    }

    /** Returns its properties by name (RFC 4918, section 15); the type of the resource is no text, and stands there for its name only. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(TYPE, "");
        properties.put("displayname", name);
        size.ifPresent(bytes -> {
            properties.put("getcontentlength", Long.toString(bytes));
            properties.put("getcontenttype", "application/octet-stream");
        });
        etag.ifPresent(tag -> properties.put("getetag", tag));
        modified.flatMap(HttpDates::format).ifPresent(date -> properties.put("getlastmodified", date));
        created.ifPresent(time -> properties.put("creationdate", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        // empty: nothing can be locked (section 15.10)
        properties.put("supportedlock", "");
        return properties;
    }
}
