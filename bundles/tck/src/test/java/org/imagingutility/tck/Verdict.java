package org.imagingutility.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Runs whole contracts and says which rules are broken. */
public final class Verdict {
    private Verdict() {
    }

    public static List<String> broken(Contract contract) {
        List<String> broken = new ArrayList<>();
        for (ContractCheck check : contract.checks()) {
            try {
                check.action().run();
            } catch (Exception | AssertionError e) {
                broken.add(check.name() + ": " + e);
            }
        }
        return broken;
    }

    public static void keeps(Contract contract) {
        assertThat(contract.checks()).isNotEmpty();
        assertThat(broken(contract)).isEmpty();
    }

    /** Expects that a rule whose name begins with {@code rule} is broken, among others perhaps. */
    public static void breaks(Contract contract, String rule) {
        assertThat(broken(contract)).as("broken rules").anyMatch(text -> text.startsWith(rule));
    }
}
