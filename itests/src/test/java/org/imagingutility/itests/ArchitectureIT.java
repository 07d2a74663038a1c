package org.imagingutility.itests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the bundles, by the classes themselves. */
class ArchitectureIT {
    private static final String API = "org.imagingutility.api";
    /** The library of those plug-ins that work with files; nobody else may lean on it. */
    private static final String FILE_IO = "org.imagingutility.file.io";
    private static final Set<String> ON_FILES = Set.of("org.imagingutility.device.file", "org.imagingutility.store.file",
            "org.imagingutility.blobs.file");

    /** The library of those that work with Windows. */
    private static final String WINDOWS_IO = "org.imagingutility.windows.io";
    private static final Set<String> ON_WINDOWS = Set.of("org.imagingutility.device.volume", "org.imagingutility.device.drive",
            "org.imagingutility.snapshot.vss");

    /** The libraries of file systems: each for the allocator and the reader of that file system. */
    private static final Pattern FILE_SYSTEM = Pattern.compile("org\\.imagingutility\\.(?:allocator|files)\\.([a-z]+)");

    private static final int MOST_CLASSES = 24;
    private static final Set<String> FULLER = Set.of(API + ".job");
    private static final DescribedPredicate<JavaClass> CHANGING = DescribedPredicate.describe("a type whose objects change",
            type -> type.getPackageName().startsWith("java.util.concurrent") || type.isAssignableTo(StringBuilder.class)
                    || type.isAssignableTo(ThreadLocal.class) || type.isAssignableTo(Buffer.class)
                    || type.getPackageName().equals("java.util") && !type.isInterface() && !type.isEnum()
                            && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)));
    private static final DescribedPredicate<JavaField> SYNTHETIC = DescribedPredicate.describe("made by the compiler",
            field -> field.getModifiers().contains(JavaModifier.SYNTHETIC));
    private static final SliceAssignment BY_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    /** All of them, read once: that takes longer than all the rules. */
    private static JavaClasses all;

    @BeforeAll
    static void readClasses() throws IOException {
        List<JarFile> files = new ArrayList<>();
        for (Path jar : own()) {
            files.add(new JarFile(jar.toFile()));
        }
        all = new ClassFileImporter().importJars(files);
    }

    @AfterAll
    static void forgetClasses() {
        all = null;
    }

    @Test
    void everyBundleSeesTheApiAndNoOtherBundleButForTheLibraries() {
        List<Path> jars = shipped();
        List<String> roots = jars.stream()
                .map(jar -> ModuleFinder.of(jar).findAll().iterator().next().descriptor().name()).toList();
        assertThat(roots).contains(API, "org.imagingutility.engine", "org.imagingutility.command");
        JavaClasses classes = classes(jars);
        for (String root : roots) {
            String[] others = roots.stream().filter(other -> !other.equals(root) && !other.equals(API))
                    .filter(other -> !(other.equals(FILE_IO) && ON_FILES.contains(root)))
                    .filter(other -> !(other.equals(WINDOWS_IO) && ON_WINDOWS.contains(root)))
                    .filter(other -> !other.equals(fileSystemOf(root)))
                    .map(other -> other + "..").toArray(String[]::new);
            noClasses().that().resideInAPackage(root + "..").should().dependOnClassesThat().resideInAnyPackage(others)
                    .check(classes);
        }
    }

    /** Returns the library that a plug-in for a file system may lean on; an empty text for others. */
    private static String fileSystemOf(String root) {
        Matcher matcher = FILE_SYSTEM.matcher(root);
        return matcher.matches() ? "org.imagingutility.fs." + matcher.group(1) : "";
    }

    @ParameterizedTest
    @MethodSource("own")
    void thePackagesOfABundleDependOnEachOtherInOneDirection(Path jar) {
        slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles().check(classes(List.of(jar)));
    }

    @ParameterizedTest
    @MethodSource("own")
    void aPackageHasSomeTwentyClassesAtMost(Path jar) {
        Map<String, Long> counts = classes(List.of(jar)).stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().endsWith("-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        counts.keySet().removeAll(FULLER);
        assertThat(counts).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    /** What changes and belongs to a class is shared by all jobs of a process, and outlives them. */
    @ParameterizedTest
    @MethodSource("own")
    void noBundleHasStaticStateThatChanges(Path jar) {
        JavaClasses classes = classes(List.of(jar));
        fields().that().areStatic().and(not(SYNTHETIC)).should().beFinal().allowEmptyShould(true).check(classes);
        noFields().that().areStatic().should().haveRawType(CHANGING).allowEmptyShould(true).check(classes);
        // behind an interface: what the initialiser of the class makes, but for texts it joins
        List<String> made = classes.stream().flatMap(type -> type.getStaticInitializer().stream())
                .flatMap(initialiser -> initialiser.getConstructorCallsFromSelf().stream())
                .filter(call -> CHANGING.test(call.getTargetOwner()) && !call.getTargetOwner().isEquivalentTo(StringBuilder.class)).map(JavaConstructorCall::getDescription).toList();
        assertThat(made).isEmpty();
    }

    @Test
    void theRootOfTheEngineIsSeenByNoneOfItsPackages() {
        JavaClasses classes = classes(List.of(Built.bundle("org.imagingutility.engine")));
        noClasses().that().resideInAPackage("org.imagingutility.engine.*..")
                .should().dependOnClassesThat().resideInAPackage("org.imagingutility.engine").check(classes);
    }

    @Test
    void theApiDependsOnNothingButTheJdk() {
        JavaClasses classes = classes(List.of(Built.bundle("org.imagingutility.api")));
        // keys of passwords and TLS are of the module java.base as well
        noClasses().should().dependOnClassesThat().resideOutsideOfPackages("java..", "javax.crypto..", "javax.net.ssl..", API + "..",
                "org.osgi.annotation..").check(classes);
    }

    @Test
    void onlyCommandAndLauncherPrint() {
        List<Path> silent = shipped().stream().filter(jar -> !jar.getFileName().toString().matches(".*\\.command-.*|launcher\\.jar"))
                .toList();
        // the shell's entry says why there is no terminal to say anything in
        noClasses().that().doNotHaveFullyQualifiedName("org.imagingutility.shell.ShellEntry")
                .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .check(classes(silent));
    }

    /** All jars of this project in the distribution, and the test kit. */
    static List<Path> own() {
        List<Path> jars = new ArrayList<>(shipped());
        jars.add(Path.of(System.getProperty("imaging.tck")).normalize());
        return jars;
    }

    private static List<Path> shipped() {
        List<Path> jars = new ArrayList<>(Built.ownBundles());
        Built.shellBundles().stream().filter(jar -> jar.getFileName().toString().startsWith("org.imagingutility.")).forEach(jars::add);
        jars.add(Built.home().resolve("lib").resolve("launcher.jar"));
        return jars;
    }

    private static JavaClasses classes(List<Path> jars) {
        Set<String> within = jars.stream().map(jar -> "/" + jar.getFileName() + "!/").collect(Collectors.toSet());
        JavaClasses classes = all.that(DescribedPredicate.describe("of " + jars, type -> type.getSource()
                .map(source -> source.getUri().toString()).filter(uri -> within.stream().anyMatch(uri::contains)).isPresent()));
        assertThat(classes).as("classes of " + jars).isNotEmpty();
        return classes;
    }
}
