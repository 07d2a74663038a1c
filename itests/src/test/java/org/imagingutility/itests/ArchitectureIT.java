package org.imagingutility.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The arrows between the bundles, by the classes themselves. */
class ArchitectureIT {
    private static final String API = "org.imagingutility.api";
    /** The library of those plug-ins that work with files; nobody else may lean on it. */
    private static final String FILE_IO = "org.imagingutility.file.io";
    private static final Set<String> ON_FILES = Set.of("org.imagingutility.device.file", "org.imagingutility.store.file");

    /** The library of those that work with Windows. */
    private static final String WINDOWS_IO = "org.imagingutility.windows.io";
    private static final Set<String> ON_WINDOWS = Set.of("org.imagingutility.device.volume", "org.imagingutility.device.drive",
            "org.imagingutility.snapshot.vss");

    @Test
    void everyBundleSeesTheApiAndNoOtherBundleButForTheLibraries() {
        List<Path> jars = new ArrayList<>(Built.ownBundles());
        jars.add(Built.home().resolve("lib").resolve("launcher.jar"));
        List<String> roots = jars.stream()
                .map(jar -> ModuleFinder.of(jar).findAll().iterator().next().descriptor().name()).toList();
        assertThat(roots).contains(API, "org.imagingutility.engine", "org.imagingutility.command");
        JavaClasses classes = classes(jars);
        for (String root : roots) {
            String[] others = roots.stream().filter(other -> !other.equals(root) && !other.equals(API))
                    .filter(other -> !(other.equals(FILE_IO) && ON_FILES.contains(root)))
                    .filter(other -> !(other.equals(WINDOWS_IO) && ON_WINDOWS.contains(root)))
                    .map(other -> other + "..").toArray(String[]::new);
            noClasses().that().resideInAPackage(root + "..").should().dependOnClassesThat().resideInAnyPackage(others)
                    .check(classes);
        }
    }

    @Test
    void thePackagesOfTheEngineDependOnEachOtherInOneDirection() {
        JavaClasses classes = classes(List.of(Built.bundle("org.imagingutility.engine")));
        slices().matching("org.imagingutility.engine.(*)..").should().beFreeOfCycles().check(classes);
        noClasses().that().resideInAPackage("org.imagingutility.engine.*..")
                .should().dependOnClassesThat().resideInAPackage("org.imagingutility.engine").check(classes);
    }

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        SliceAssignment byPackage = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
        List<Path> jars = new ArrayList<>(Built.ownBundles());
        jars.add(Built.home().resolve("lib").resolve("launcher.jar"));
        slices().assignedFrom(byPackage).should().beFreeOfCycles().check(classes(jars));
    }

    @Test
    void theApiDependsOnNothingButTheJdk() {
        JavaClasses classes = classes(List.of(Built.bundle("org.imagingutility.api")));
        noClasses().should().dependOnClassesThat().resideOutsideOfPackages("java..", API + "..", "org.osgi.annotation..")
                .check(classes);
    }

    @Test
    void onlyCommandAndLauncherPrint() {
        List<Path> silent = Built.ownBundles().stream().filter(jar -> !jar.getFileName().toString().contains(".command-")).toList();
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .check(classes(silent));
    }

    private static JavaClasses classes(List<Path> jars) {
        List<JarFile> files = new ArrayList<>();
        try {
            for (Path jar : jars) {
                files.add(new JarFile(jar.toFile()));
            }
            return new ClassFileImporter().importJars(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
