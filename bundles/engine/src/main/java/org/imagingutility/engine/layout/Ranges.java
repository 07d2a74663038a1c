package org.imagingutility.engine.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;

/** Unions and differences of ranges. */
public final class Ranges {
    private Ranges() {
    }

    /** Returns the bytes that lie in any of {@code extents}, which may overlap and stand in any order. */
    public static ExtentList union(List<Extent> extents) {
        List<Extent> sorted = new ArrayList<>(extents);
        sorted.sort(Comparator.comparingLong(Extent::offset));
        ExtentList.Builder union = new ExtentList.Builder();
        long end = 0;
        for (Extent extent : sorted) {
            long from = Math.max(end, extent.offset());
            if (extent.end() > from) {
                union.add(from, extent.end() - from);
                end = extent.end();
            }
        }
        return union.build();
    }

    /** Returns the bytes of {@code all} that are not in {@code others}. */
    public static ExtentList without(ExtentList all, ExtentList others) {
        ExtentList.Builder rest = new ExtentList.Builder();
        for (int i = 0; i < all.count(); i++) {
            long position = all.offset(i);
            for (int j = others.firstEndingAfter(position); j < others.count() && others.offset(j) < all.end(i); j++) {
                if (others.offset(j) > position) {
                    rest.add(position, others.offset(j) - position);
                }
                position = Math.min(all.end(i), others.end(j));
            }
            if (position < all.end(i)) {
                rest.add(position, all.end(i) - position);
            }
        }
        return rest.build();
    }

    /** Adds the extents of {@code list} to {@code all}. */
    public static void addTo(List<Extent> all, ExtentList list) {
        for (int i = 0; i < list.count(); i++) {
            all.add(new Extent(list.offset(i), list.length(i)));
        }
    }
}
