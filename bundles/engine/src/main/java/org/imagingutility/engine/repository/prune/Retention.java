package org.imagingutility.engine.repository.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.repository.RetentionPolicy;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/** Applies a policy to the images of one name. */
final class Retention {
    private final RetentionPolicy policy;

    Retention(RetentionPolicy policy) {
        this.policy = policy;
    }

    /** One rule: the newest image of each of the last {@code count} periods that have one; a period is named by the begin of the time. */
    private record Rule(String name, int count, int digits) {
    }

    /** Returns why each image is kept, in their order; of one that goes, nothing. The images are in the order of time. */
    List<List<String>> reasons(List<ImageKey> images) {
        List<List<String>> reasons = new ArrayList<>();
        images.forEach(image -> reasons.add(new ArrayList<>()));
        for (int i = 1; i <= Math.min(policy.last(), images.size()); i++) {
            reasons.get(images.size() - i).add("last " + i);
        }
        // a time is YYYYMMDDThhmmssz: its first digits name the hour, day, month, year
        for (Rule rule : List.of(new Rule("hourly", policy.hourly(), 11), new Rule("daily", policy.daily(), 8), new Rule("weekly", policy.weekly(), 0),
                new Rule("monthly", policy.monthly(), 6), new Rule("yearly", policy.yearly(), 4))) {
            Set<String> periods = new HashSet<>();
            for (int i = images.size() - 1; i >= 0 && periods.size() < rule.count; i--) {
                String period = rule.digits == 0 ? Weeks.of(images.get(i).time()) : images.get(i).time().substring(0, rule.digits);
                if (periods.add(period)) {
                    reasons.get(i).add(rule.name + " " + period);
                }
            }
        }
        return reasons;
    }
}
