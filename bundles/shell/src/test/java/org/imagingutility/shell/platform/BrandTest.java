package org.imagingutility.shell.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrandTest {
    @Test
    void aDistributionWithoutANameIsTheProgramItself() {
        Brand brand = new Brand(key -> null);
        assertThat(brand.command()).isEqualTo("imaging");
        assertThat(brand.greeting("1.2.3")).startsWith("ImagingUtility 1.2.3. \"help\" lists").hasLineCount(1);
    }

    @Test
    void aDistributionIsGreetedByItsNameVersionAndBanner() {
        Brand brand = new Brand(Map.of("imaging.branding.command", "acme", "imaging.branding.product", " Acme Image ",
                "imaging.branding.version", "9", "imaging.branding.banner", "two\nlines\n")::get);
        assertThat(brand.command()).isEqualTo("acme");
        assertThat(brand.greeting("1.2.3").lines()).satisfiesExactly(line -> assertThat(line).startsWith("Acme Image 9. "),
                line -> assertThat(line).isEqualTo("two"), line -> assertThat(line).isEqualTo("lines"));
    }

    @Test
    void whatIsBlankIsNotSaid() {
        Brand brand = new Brand(key -> " ");
        assertThat(brand.command()).isEqualTo("imaging");
        assertThat(brand.greeting("1.2.3")).startsWith("ImagingUtility 1.2.3.").hasLineCount(1);
    }
}
