package org.imagingutility.api.repository;

import java.util.List;

/**
 * Which images of each name are kept: all that one of the rules keeps. Each rule but that of tags is how many images it keeps, 0 for none; hours,
 * days, ... are those of UTC, and only those that have an image count.
 *
 * @param last the newest
 * @param hourly the newest of each of the last hours
 * @param daily of each of the last days
 * @param weekly of each of the last weeks, from Monday on
 * @param monthly of each of the last months
 * @param yearly of each of the last years
 * @param tags all that have one of these tags, and all whose tags cannot be read
 */
public record RetentionPolicy(int last, int hourly, int daily, int weekly, int monthly, int yearly, List<String> tags) {

    /** Checks that none is negative, and that something is kept. */
    public RetentionPolicy {
        if (last < 0 || hourly < 0 || daily < 0 || weekly < 0 || monthly < 0 || yearly < 0) {
            throw new IllegalArgumentException("how many images are kept cannot be negative");
        }
        tags = List.copyOf(tags);
        if ((last | hourly | daily | weekly | monthly | yearly) == 0 && tags.isEmpty()) {
            throw new IllegalArgumentException("nothing would be kept");
        }
    }

    /** Keeps nothing for its tags. */
    public RetentionPolicy(int last, int hourly, int daily, int weekly, int monthly, int yearly) {
        this(last, hourly, daily, weekly, monthly, yearly, List.of());
    }
}
