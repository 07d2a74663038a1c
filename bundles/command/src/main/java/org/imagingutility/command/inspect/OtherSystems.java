package org.imagingutility.command.inspect;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.TerminalText;

/** The bundles of the distribution that are for another system than this one; the launcher does not install them. */
final class OtherSystems {
    /** The launcher names the folder of those for Windows by it, on other systems. */
    private static final String FOR_WINDOWS = "imaging.for-windows";

    private OtherSystems() {
    }

    /**
     * One of them.
     *
     * @param name its symbolic name
     * @param version its version
     */
    record Bundle(String name, String version) {
        static void write(Json.Node node, Bundle bundle) {
            node.put("bundle", bundle.name);
            node.put("version", bundle.version);
            node.put("system", "Windows");
        }
    }

    /** Returns those for Windows; none on Windows, and where there is no launcher. */
    static List<Bundle> forWindows() {
        String folder = System.getProperty(FOR_WINDOWS);
        return folder == null || !Files.isDirectory(Path.of(folder)) ? List.of() : in(Path.of(folder));
    }

    private static List<Bundle> in(Path folder) {
        List<Bundle> bundles = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                bundles.add(read(jar));
            }
        } catch (IOException e) {
            bundles.add(new Bundle(folder.toString(), "cannot be read: " + e));
        }
        bundles.sort(Comparator.comparing(Bundle::name));
        return bundles;
    }

    private static Bundle read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest() == null ? new Attributes() : file.getManifest().getMainAttributes();
            String name = manifest.getValue("Bundle-SymbolicName");
            String version = manifest.getValue("Bundle-Version");
            return new Bundle(name == null ? jar.getFileName().toString() : name.split(";")[0].strip(), version == null ? "" : version);
        }
    }

    static void print(PrintStream out) {
        for (Bundle bundle : forWindows()) {
            out.println(TerminalText.safe("for Windows: " + bundle.name + " " + bundle.version));
        }
    }
}
