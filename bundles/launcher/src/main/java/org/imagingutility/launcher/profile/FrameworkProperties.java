package org.imagingutility.launcher.profile;

import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.Constants;

/** Properties of the framework, and those that bundles read from it. */
public final class FrameworkProperties {
    private FrameworkProperties() {
    }

    /** Those of every run. */
    public static Map<String, String> common() {
        return Map.of(
                "felix.cache.locking", "false", // the cache folder is ours alone already
                "felix.service.urlhandlers", "false", // they would replace JVM-wide handlers; nobody needs them
                "felix.log.level", "0"); // what fails to start is told by this program
    }

    /** Those of the cache. */
    public static Map<String, String> storage(Path folder, boolean kept) {
        return Map.of(Constants.FRAMEWORK_STORAGE, folder.toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN, kept ? "none" : Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    }

    /** Those of a run that the next one takes after: Declarative Services keeps what it read of components when it is stopped. */
    static Map<String, String> keptComponents() {
        return Map.of("ds.cache.metadata", "true");
    }

    /** Those of File Install, which watches {@code deploy/}. */
    static Map<String, String> deployFolder(Distribution distribution) {
        return Map.of(
                // settings are taken up from conf/ as plug-ins are from deploy/
                "felix.fileinstall.dir", distribution.deployFolder() + "," + distribution.settingsFolder(),
                "felix.fileinstall.filter", ".*\\.(jar|cfg)",
                "felix.fileinstall.poll", "500", // milliseconds; a jar is taken when it did not change for that long
                "felix.fileinstall.noInitialDelay", "true",
                // what was deployed is what lies in the folder, nothing is remembered beside it
                "felix.fileinstall.bundles.startTransient", "true",
                // a bundle that was stopped by hand stays so, until its jar changes
                "felix.fileinstall.bundles.new.start", "true",
                "felix.fileinstall.log.level", "1", // a file that is no bundle; the rest is told by the shell
                "felix.fileinstall.log.default", "jul",
                // bundles that use a replaced one are wired to its replacement, and no others
                "felix.fileinstall.optionalImportRefreshScope", "managed",
                "felix.fileinstall.fragmentRefreshScope", "managed");
    }
}
