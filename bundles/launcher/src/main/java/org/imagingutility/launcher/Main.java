package org.imagingutility.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.imagingutility.launcher.NativeArguments.NotRepresentableException;
import org.imagingutility.launcher.acceptance.Gate;
import org.imagingutility.launcher.acceptance.Policy;
import org.imagingutility.launcher.cache.BundleCache;
import org.imagingutility.launcher.cache.CacheFullException;
import org.imagingutility.launcher.framework.Container;
import org.imagingutility.launcher.log.LogSetup;
import org.imagingutility.launcher.profile.CannotStartException;
import org.imagingutility.launcher.profile.Distribution;
import org.imagingutility.launcher.profile.Profile;
import org.osgi.framework.BundleException;

/**
 * Starts the container, runs the command line or the shell in it and ends the process with its exit code. The process is
 * always halted, never left to end by itself: Felix has threads that are not daemons, and stopping it in order takes
 * longer than most commands.
 */
public final class Main {
    /** As for any other mistake in a command line. */
    private static final int USAGE = 1;
    /** EX_SOFTWARE of sysexits.h: a fault of this program or its installation. */
    private static final int CANNOT_START = 70;
    /** What commands end with whose target cannot be written. */
    private static final int OUTPUT_FAILED = 6;
    /** What commands end with for which there is not enough memory. */
    private static final int NO_MEMORY = 8;

    private Main() {
    }

    /** Runs {@code typed}, or what the start program passed instead, and halts. */
    public static void main(String[] typed) {
        HomeFolder.settle();
        LogSetup.prepare();
        int exitCode;
        String[] args = typed;
        try {
            args = PassedArguments.orElse(typed, System.getenv());
            NativeArguments.check(typed);
            exitCode = Invocation.isVersionOnly(args) ? printVersion() : run(args);
        } catch (NotRepresentableException e) {
            System.err.println(command() + ": " + e.getMessage());
            System.err.println("remedy: " + e.remedy());
            exitCode = USAGE;
        } catch (CannotStartException e) {
            exitCode = fail(e.getMessage(), e, args);
        } catch (IOException | BundleException | RuntimeException | LinkageError e) {
            exitCode = fail(e.toString(), e, args);
        } catch (OutOfMemoryError e) {
            fail("not enough memory: " + e.getMessage(), e, args);
            System.err.println("remedy: give the process more memory (IMAGING_JAVA_OPTS=-Xmx512m)");
            exitCode = NO_MEMORY;
        }
        System.err.flush();
        if (System.out.checkError() && exitCode == 0) {
            System.err.println(command() + ": standard output is full or closed: not all of the result was written");
            exitCode = OUTPUT_FAILED;
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private static int printVersion() throws IOException, CannotStartException {
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        Branding.read(conf()).version(properties.getProperty("version")).forEach(System.out::println);
        return 0;
    }

    private static int run(String[] args) throws IOException, BundleException, CannotStartException {
        Distribution distribution = Distribution.find();
        Invocation invocation = Invocation.of(args, distribution.hasShell());
        Profile profile = invocation.shell() ? Profile.shell(distribution) : Profile.oneShot(distribution, List.of(args));
        Branding branding = Branding.read(conf());
        branding.publish();
        distribution.publish();
        Optional<Policy> policy = policy(distribution);
        try (BundleCache cache = BundleCache.claim(profile, policy.map(Policy::files).orElse(List.of()), branding.folder())) {
            return run(invocation, profile, policy, cache, branding.command());
        } catch (CacheFullException e) {
            try (BundleCache cache = BundleCache.temporary()) {
                return run(invocation, profile, policy, cache, branding.command());
            }
        }
    }

    private static int run(Invocation invocation, Profile profile, Optional<Policy> policy, BundleCache cache, String command)
            throws IOException, BundleException, CannotStartException {
        Gate gate = policy.isEmpty() ? null : new Gate(policy.get(), cache.folder(), cache.memory(), Clock.systemUTC());
        Container container = new Container(profile, cache, gate, line -> told(command, line));
        try {
            int exitCode = container.run(invocation.arguments());
            if (invocation.shell() || container.hasToBeKept()) {
                stop(container);
            }
            return exitCode;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("it was interrupted");
        }
    }

    /** Says what of the bundles is not as it should be: to who looks on, and to who reads the log later. */
    private static void told(String command, String line) {
        System.err.println(command + ": " + line);
        System.getLogger(Main.class.getPackageName()).log(System.Logger.Level.WARNING, line);
    }

    private static Path conf() throws CannotStartException {
        return Distribution.find().home().resolve("conf");
    }

    /** Returns the name of the program, also where nothing of its installation can be read. */
    private static String command() {
        try {
            return Branding.read(conf()).command();
        } catch (IOException | CannotStartException | RuntimeException e) {
            return "imaging";
        }
    }

    private static Optional<Policy> policy(Distribution distribution) throws CannotStartException {
        try {
            return Policy.read(distribution.home().resolve("conf"));
        } catch (IOException e) {
            throw new CannotStartException("which bundles are accepted is not clear: " + e.getMessage());
        }
    }

    /** Stops the container. That this went wrong does not change what the run has done, so its exit code stays. */
    private static void stop(Container container) throws InterruptedException {
        try {
            container.stop();
        } catch (IOException | BundleException e) {
            System.getLogger(Main.class.getPackageName()).log(System.Logger.Level.WARNING,
                    "the bundles did not stop in order; the next start takes longer", e);
        }
    }

    private static int fail(String message, Throwable error, String[] args) {
        System.err.println(command() + ": cannot start: " + message);
        if (Invocation.isVerbose(args)) {
            error.printStackTrace(System.err);
        }
        return CANNOT_START;
    }
}
