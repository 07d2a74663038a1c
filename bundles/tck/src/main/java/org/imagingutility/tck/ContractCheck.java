package org.imagingutility.tck;

import java.util.Objects;

/**
 * One rule of a contract.
 *
 * @param name the rule in words
 * @param action tries it
 */
public record ContractCheck(String name, Action action) {

    /** Checks that both are there. */
    public ContractCheck {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(action, "action");
    }

    /** Tries a rule. */
    @FunctionalInterface
    public interface Action {

        /**
         * Returns if the rule is kept.
         *
         * @throws AssertionError if it is not: says what was found and expected
         * @throws Exception if the plug-in failed where it must not
         */
        void run() throws Exception;
    }
}
