package org.imagingutility.launcher.profile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The unpacked distribution. {@code bundles/} holds what every run needs, {@code bundles/windows/} what a run on Windows needs beside
 * that, {@code bundles/shell/} what a shell needs, {@code deploy/} what the user added.
 *
 * @param windows whether the running system is Windows
 */
public record Distribution(Path home, boolean windows) {
    /** Where bundles for another system are, for those who tell users of them. */
    private static final String FOR_WINDOWS = "imaging.for-windows";
    private static final String HOME = "imaging.home";
    private static final String SHELL = "org.imagingutility.shell-";

    /** Returns the distribution that the start script names, or the one this class was loaded from. */
    public static Distribution find() throws CannotStartException {
        String home = System.getProperty(HOME);
        if (home != null) {
            return of(Path.of(home));
        }
        URI jar = URI.create(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toString());
        Path lib = Path.of(jar).getParent();
        if (lib == null || lib.getParent() == null) {
            throw new CannotStartException("no distribution around \"" + jar + "\": set -D" + HOME + "=FOLDER");
        }
        return of(lib.getParent());
    }

    private static Distribution of(Path home) {
        return new Distribution(home, System.getProperty("os.name", "").startsWith("Windows"));
    }

    /** Tells the bundles which others there are, for another system than this. */
    public void publish() {
        if (!windows) {
            System.setProperty(FOR_WINDOWS, windowsFolder().toString());
        }
    }

    private Path windowsFolder() {
        return home.resolve("bundles").resolve("windows");
    }

    /** Returns the jars of {@code bundles/}, by name; on Windows those of {@code bundles/windows/} behind them. */
    List<Path> bundles() throws IOException, CannotStartException {
        List<Path> bundles = jars(home.resolve("bundles"));
        if (bundles.isEmpty()) {
            throw new CannotStartException("no bundles in \"" + home.resolve("bundles") + "\"");
        }
        if (windows) {
            bundles.addAll(jars(windowsFolder()));
        }
        return bundles;
    }

    /** Returns the jars of {@code bundles/} that one command, with these arguments, can need. */
    List<Path> bundlesFor(List<String> arguments) throws IOException, CannotStartException {
        List<Path> bundles = bundles();
        // a plug-in of the user may need any of them, and those for Windows need what others do without
        if (!windows && deployed().isEmpty()) {
            OnlyFor onlyFor = OnlyFor.read(home.resolve("lib"));
            bundles.removeIf(jar -> onlyFor.isSpared(jar, arguments));
        }
        return bundles;
    }

    /** Returns the jars of {@code deploy/}, by name. */
    List<Path> deployed() throws IOException {
        return jars(deployFolder());
    }

    /** Returns the jars of {@code bundles/shell/}, by name. */
    List<Path> shellBundles() throws IOException {
        return jars(home.resolve("bundles").resolve("shell"));
    }

    /** Says whether there is a shell: its bundle beside those that it needs. */
    public boolean hasShell() throws IOException {
        // a loop, because the machinery behind a stream takes longer to come up than all that is done here
        for (Path jar : shellBundles()) {
            if (jar.getFileName().toString().startsWith(SHELL)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the folder of the user's plug-ins. It need not exist. */
    Path deployFolder() {
        return home.resolve("deploy");
    }

    /** Returns the folder of the settings: {@code conf/}, or what the property imaging.conf names. It need not exist. */
    Path settingsFolder() {
        String named = System.getProperty("imaging.conf");
        return named == null ? home.resolve("conf") : Path.of(named);
    }

    private static List<Path> jars(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                files.forEach(jars::add);
            }
        }
        Collections.sort(jars);
        return jars;
    }
}
