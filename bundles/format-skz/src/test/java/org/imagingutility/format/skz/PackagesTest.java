package org.imagingutility.format.skz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packages of this bundle: arrows between them go one way, and none is too full to find one's way. */
class PackagesTest {
    private static final String ROOT = "org.imagingutility.format.skz";
    private static final int MOST_CLASSES = 20;
    private static final JavaClasses CLASSES
            = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void arrowsGoOneWay() {
        Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("format").definedBy(ROOT)
                .layer("salvage").definedBy(ROOT + ".salvage")
                .layer("resume").definedBy(ROOT + ".resume")
                .layer("write").definedBy(ROOT + ".write")
                .layer("read").definedBy(ROOT + ".read")
                .layer("check").definedBy(ROOT + ".check")
                .layer("file").definedBy(ROOT + ".file")
                .layer("layout").definedBy(ROOT + ".layout")
                .layer("structure").definedBy(ROOT + ".structure")
                .whereLayer("format").mayNotBeAccessedByAnyLayer()
                .whereLayer("salvage").mayOnlyBeAccessedByLayers("format")
                .whereLayer("resume").mayOnlyBeAccessedByLayers("format")
                .whereLayer("write").mayOnlyBeAccessedByLayers("format", "resume")
                .whereLayer("read").mayOnlyBeAccessedByLayers("format", "resume", "salvage")
                .whereLayer("check").mayOnlyBeAccessedByLayers("format", "resume", "salvage", "read")
                .whereLayer("file").mayOnlyBeAccessedByLayers("format", "resume", "salvage", "read", "write", "check")
                .whereLayer("layout")
                .mayOnlyBeAccessedByLayers("format", "resume", "salvage", "read", "write", "check", "file")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    @Test
    void everyPackageHasAtMostTwentyClasses() {
        Map<String, Long> counts = CLASSES.that(DescribedPredicate.describe("are files",
                (JavaClass type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info")))
                .stream().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(counts).hasSizeGreaterThan(8).allSatisfy((name, count) -> assertThat(count).as(name)
                .isLessThanOrEqualTo(MOST_CLASSES));
    }
}
