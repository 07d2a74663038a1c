package org.imagingutility.launcher.framework;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.nio.channels.ServerSocketChannel;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * Links the classes of the engine and its plug-ins. An archive of class data takes up only what was linked in the run that
 * makes it, and one command needs other classes than another. Of libraries it has what that run uses, since each start takes
 * longer with a larger archive, but for those of which each job uses much.
 */
final class ClassLinking {
    private static final String PROPERTY = "imaging.link-classes";
    private static final String CLASS = ".class";
    private static final String API = "org.imagingutility.api";
    /** What starts the bundles, and what writes jobs down: their classes name many others, which are loaded to be looked at. */
    private static final Set<String> MUCH_USED = Set.of("com.fasterxml.jackson.core.jackson-core", "org.apache.felix.scr",
            "org.osgi.service.component", "org.osgi.util.promise");

    private ClassLinking() {
    }

    /** Says whether this run is there to make an archive: bin/imaging sets the property then. */
    static boolean isAsked() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** A job that takes longer than this run is controlled over a local socket, and noted down with the types of its parts. */
    private record Longer(Optional<String> part) { }

    static void link(Bundle[] bundles) {
        linkLongerJobs();
        for (Bundle bundle : bundles) {
            Enumeration<URL> classes = isLibrary(bundle) ? null : bundle.findEntries("/", "*" + CLASS, true);
            while (classes != null && classes.hasMoreElements()) {
                link(bundle, classes.nextElement().getPath());
            }
        }
    }

    private static void linkLongerJobs() {
        System.Logger log = System.getLogger(ClassLinking.class.getName());
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            log.log(System.Logger.Level.TRACE, socket);
        } catch (IOException | UnsupportedOperationException e) {
            log.log(System.Logger.Level.TRACE, "no local sockets", e);
        }
        for (RecordComponent component : Longer.class.getRecordComponents()) {
            log.log(System.Logger.Level.TRACE, component.getGenericType());
        }
    }

    private static boolean isLibrary(Bundle bundle) {
        return !MUCH_USED.contains(bundle.getSymbolicName()) && !names(bundle, Constants.IMPORT_PACKAGE)
                && !names(bundle, Constants.EXPORT_PACKAGE);
    }

    private static boolean names(Bundle bundle, String header) {
        String packages = bundle.getHeaders("").get(header);
        return packages != null && packages.contains(API);
    }

    @SuppressWarnings("ReturnValueIgnored")
    private static void link(Bundle bundle, String path) {
        String name = path.substring(1, path.length() - CLASS.length()).replace('/', '.');
        try {
            bundle.loadClass(name).getDeclaredMethods(); // to list methods, Java links the class
        } catch (ClassNotFoundException | LinkageError e) {
            // module-info, META-INF/versions, or made for a library that is not there: no command can use such a class either
            System.getLogger(ClassLinking.class.getName()).log(System.Logger.Level.TRACE, name, e);
        }
    }
}
