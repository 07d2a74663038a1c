package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The ranking that a plug-in declares for Declarative Services, on a plain module path. */
class ComponentRankingTest {

    @Test
    void isReadFromTheDescriptionOfTheComponent() {
        assertThat(ComponentRanking.ranking("<scr:component><property name=\"a\" value=\"5\"/><property name=\"service.ranking\" "
                + "type=\"Integer\" value=\"10\"/><property name=\"b\" value=\"6\"/></scr:component>")).isEqualTo(10);
        assertThat(ComponentRanking.ranking("<property value=\"-3\" type=\"Integer\" name=\"service.ranking\"/>")).isEqualTo(-3);
    }

    @Test
    void isZeroWhereNoneIsDeclared() {
        assertThat(ComponentRanking.ranking("")).isZero();
        assertThat(ComponentRanking.ranking("<property name=\"service.ranking\"/>")).isZero();
        assertThat(ComponentRanking.of(ComponentRankingTest.class)).isZero();
    }
}
