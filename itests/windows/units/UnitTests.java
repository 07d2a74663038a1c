import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of a folder of classes, or the named classes of it: {@code UnitTests FOLDER [CLASS...]}; not those whose name
 * matches the property {@code exclude}. Prints a line for each that failed or was left out, and at the end how many ran. Exit
 * code 0 if some ran and none failed.
 */
final class UnitTests implements TestExecutionListener {
    private final PrintWriter out = new PrintWriter(System.out, true);
    private final boolean traces = Boolean.getBoolean("traces");
    private int passed;
    private int failed;
    private int skipped;

    private UnitTests() {
    }

    public static void main(String[] arguments) {
        List<DiscoverySelector> what = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            what.add(DiscoverySelectors.selectClass(arguments[i]));
        }
        if (what.isEmpty()) {
            what.addAll(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))));
        }
        UnitTests tests = new UnitTests();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(what)
                .filters(ClassNameFilter.includeClassNamePatterns(".*(Test|Tests|TestCase)"),
                        ClassNameFilter.excludeClassNamePatterns(System.getProperty("exclude", "-"))).build();
        LauncherFactory.create().execute(request, tests);
        tests.out.println(tests.passed + " passed, " + tests.failed + " failed, " + tests.skipped + " skipped");
        tests.out.flush();
        // threads of tests that failed may be left
        Runtime.getRuntime().halt(tests.failed == 0 && tests.passed + tests.skipped > 0 ? 0 : 1);
    }

    /** What runs now is in the log: a run that takes long can be looked at. */
    @Override
    public void executionStarted(TestIdentifier test) {
        test.getSource().filter(ClassSource.class::isInstance).ifPresent(source -> out.println("-- " + ((ClassSource) source).getClassName()));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped++;
        out.println("skipped " + name(test) + ": " + reason.strip().lines().findFirst().orElse(""));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed += test.isTest() ? 1 : 0;
            case ABORTED -> {
                skipped++;
                out.println("skipped " + name(test) + ": " + result.getThrowable().map(Throwable::getMessage).orElse(""));
            }
            default -> {
                failed++;
                out.println("FAILED  " + name(test) + ": " + result.getThrowable().map(UnitTests::text).orElse(""));
                if (traces) {
                    result.getThrowable().ifPresent(error -> error.printStackTrace(out));
                }
            }
        }
    }

    private static String text(Throwable error) {
        return error.toString().strip().lines().limit(6).reduce((a, b) -> a + " / " + b.strip()).orElse("");
    }

    /** The class, as far as it is one's, and what the test is called. */
    private static String name(TestIdentifier test) {
        String id = test.getUniqueId();
        int at = id.indexOf("[class:");
        String owner = at < 0 ? "" : id.substring(id.lastIndexOf('.', id.indexOf(']', at)) + 1, id.indexOf(']', at));
        return test.getSource().filter(ClassSource.class::isInstance).isPresent() ? owner : owner + "." + test.getDisplayName();
    }
}
