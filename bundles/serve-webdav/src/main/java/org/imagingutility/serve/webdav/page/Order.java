package org.imagingutility.serve.webdav.page;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.imagingutility.serve.webdav.tree.Found;

/**
 * The order of a listing, as its links ask for it: {@code sort=size&order=desc}.
 *
 * @param by what it goes by
 * @param descending whether the largest comes first
 */
record Order(By by, boolean descending) {

    /** What listings can be sorted by. */
    enum By {
        NAME("Name"),
        SIZE("Size"),
        TIME("Modified (UTC)");

        private final String title;

        By(String title) {
            this.title = title;
        }
    }

    /** Returns the order that a query asks for: by name, unless it asks for anything that is known. */
    static Order of(String query) {
        By by = By.NAME;
        boolean descending = false;
        for (String part : query.split("&")) {
            for (By each : By.values()) {
                by = part.equals("sort=" + each.name().toLowerCase(Locale.ROOT)) ? each : by;
            }
            descending |= part.equals("order=desc");
        }
        return new Order(by, descending);
    }

    /** Returns the comparison: folders before files, equal ones by name. */
    Comparator<Found> comparison() {
        Comparator<Found> byName = Comparator.comparing(Found::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Found::name);
        Comparator<Found> wanted = switch (by) {
            case NAME -> byName;
            case SIZE -> Comparator.comparingLong(Found::size);
            case TIME -> Comparator.comparing((Found found) -> found.modified().orElse(Instant.MIN));
        };
        return Comparator.comparing((Found found) -> !found.isFolder()).thenComparing(descending ? wanted.reversed() : wanted).thenComparing(byName);
    }

    /** Returns the heads of the columns, each a link that sorts by it, or turns the order around. */
    String heads() {
        StringBuilder heads = new StringBuilder("<tr>");
        for (By each : List.of(By.values())) {
            boolean now = each == by;
            String order = now && !descending ? "desc" : "asc";
            heads.append("<th").append(each == By.SIZE ? " class=\"n\"" : "")
                    .append(now ? " aria-sort=\"" + (descending ? "descending" : "ascending") + "\"" : "").append("><a href=\"?sort=")
                    .append(each.name().toLowerCase(Locale.ROOT)).append("&amp;order=").append(order).append("\">").append(each.title)
                    .append(now ? descending ? " \u2193" : " \u2191" : "").append("</a></th>")
                    .append(each == By.SIZE ? "<th class=\"n exact\">Bytes</th>" : "");
        }
        return heads.append("</tr>\n").toString();
    }
}
