package org.imagingutility.launcher.framework;

import java.net.URL;
import java.util.Enumeration;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * Links the classes of the engine and its plug-ins. An archive of class data takes up only what was linked in the run that
 * makes it, and one command needs other classes than another. Of libraries it has what that run uses: each start takes longer
 * with a larger archive.
 */
final class ClassLinking {
    private static final String PROPERTY = "imaging.link-classes";
    private static final String CLASS = ".class";
    private static final String API = "org.imagingutility.api";

    private ClassLinking() {
    }

    /** Says whether this run is there to make an archive: bin/imaging sets the property then. */
    static boolean isAsked() {
        return Boolean.getBoolean(PROPERTY);
    }

    static void link(Bundle[] bundles) {
        for (Bundle bundle : bundles) {
            Enumeration<URL> classes = isLibrary(bundle) ? null : bundle.findEntries("/", "*" + CLASS, true);
            while (classes != null && classes.hasMoreElements()) {
                link(bundle, classes.nextElement().getPath());
            }
        }
    }

    private static boolean isLibrary(Bundle bundle) {
        return !names(bundle, Constants.IMPORT_PACKAGE) && !names(bundle, Constants.EXPORT_PACKAGE);
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
