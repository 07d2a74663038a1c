package org.imagingutility.distribution;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The modules of the JDK that a jar asks for: what its module requires, and the modules of the packages that its bundle
 * imports. What is optional to the jar is left out.
 */
final class NeededModules {
    private static final Map<String, String> MODULE_BY_PACKAGE = modulesByPackage();

    private NeededModules() {
    }

    static Set<String> of(Path jar) throws IOException {
        Set<String> needed = new TreeSet<>();
        for (ModuleReference module : ModuleFinder.of(jar).findAll()) {
            ModuleDescriptor descriptor = module.descriptor();
            for (Requires requires : descriptor.requires()) {
                if (MODULE_BY_PACKAGE.containsValue(requires.name()) && !requires.modifiers().contains(Requires.Modifier.STATIC)) {
                    needed.add(requires.name());
                }
            }
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String imports = manifest == null ? null : manifest.getMainAttributes().getValue("Import-Package");
            for (Map.Entry<String, Attrs> entry : new Parameters(imports == null ? "" : imports).entrySet()) {
                String module = MODULE_BY_PACKAGE.get(entry.getKey());
                if (module != null && !"optional".equals(entry.getValue().get("resolution:"))) {
                    needed.add(module);
                }
            }
        }
        return needed;
    }

    private static Map<String, String> modulesByPackage() {
        Map<String, String> modules = new HashMap<>();
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            module.descriptor().exports().stream().filter(exports -> !exports.isQualified())
                    .forEach(exports -> modules.put(exports.source(), module.descriptor().name()));
        }
        return modules;
    }
}
