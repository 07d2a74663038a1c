package org.imagingutility.api.guard;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others can see of the API: for each package a line for each type and each public or protected member of it. A line
 * says all that a caller or an implementer is compiled against, so that lines that are gone have broken somebody.
 */
final class ApiDescription {
    private static final Pattern VERSION = Pattern.compile("@Version\\(\"([^\"]+)\"\\)");

    private ApiDescription() {
    }

    /** Returns the lines of each package below a folder of classes. */
    static SortedMap<String, SortedSet<String>> of(Path classes, ClassLoader loader) throws IOException, ClassNotFoundException {
        SortedMap<String, SortedSet<String>> packages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace(java.io.File.separatorChar, '.').replaceFirst("\\.class$", "");
                if (!name.endsWith("-info")) {
                    add(packages, Class.forName(name, false, loader));
                }
            }
        }
        return packages;
    }

    private static void add(SortedMap<String, SortedSet<String>> packages, Class<?> type) {
        if (!visible(type)) {
            return;
        }
        SortedSet<String> lines = packages.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
        String name = type.getName().substring(type.getPackageName().length() + 1);
        lines.add(name + ": " + kind(type) + role(type) + " extends " + superTypes(type)
                + (type.isSealed() ? " permits " + names(type.getPermittedSubclasses()) : ""));
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (seen(each.getModifiers())) {
                lines.add(name + ": " + access(each.getModifiers()) + "new(" + names(each.getParameterTypes()) + ")"
                        + thrown(each.getExceptionTypes()));
            }
        }
        for (Method each : type.getDeclaredMethods()) {
            if (seen(each.getModifiers()) && !each.isSynthetic()) {
                lines.add(name + ": " + access(each.getModifiers()) + (each.isDefault() ? "default " : "")
                        + each.getGenericReturnType().getTypeName() + " " + each.getName() + "("
                        + Arrays.stream(each.getGenericParameterTypes()).map(java.lang.reflect.Type::getTypeName)
                                .collect(Collectors.joining(", ")) + ")" + thrown(each.getExceptionTypes()));
            }
        }
        for (Field each : type.getDeclaredFields()) {
            if (seen(each.getModifiers()) && !each.isSynthetic()) {
                lines.add(name + ": " + access(each.getModifiers()) + each.getGenericType().getTypeName() + " " + each.getName());
            }
        }
        if (type.isRecord()) {
            lines.add(name + ": components " + Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName)
                    .collect(Collectors.joining(", ")));
        }
    }

    private static boolean visible(Class<?> type) {
        return seen(type.getModifiers()) && (type.getDeclaringClass() == null || visible(type.getDeclaringClass()));
    }

    private static boolean seen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String kind(Class<?> type) {
        String finality = Modifier.isFinal(type.getModifiers()) ? "final " : Modifier.isAbstract(type.getModifiers())
                && !type.isInterface() ? "abstract " : "";
        return finality + (type.isInterface() ? "interface" : type.isRecord() ? "record" : type.isEnum() ? "enum" : "class");
    }

    /**
     * Says whether plug-ins implement the type. The annotations are not kept for run time; a type says it in the class file,
     * which holds their names.
     */
    private static String role(Class<?> type) {
        String resource = type.getName().substring(type.getPackageName().isEmpty() ? 0 : type.getPackageName().length() + 1) + ".class";
        try (var in = type.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
            return text.contains("Lorg/osgi/annotation/versioning/ConsumerType;") ? " (consumer)"
                    : text.contains("Lorg/osgi/annotation/versioning/ProviderType;") ? " (provider)" : "";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String superTypes(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(java.lang.reflect.Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static String access(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "") + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "") + (Modifier.isFinal(modifiers) ? "final " : "");
    }

    private static String names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getTypeName).collect(Collectors.joining(", "));
    }

    private static String thrown(Class<?>[] types) {
        return types.length == 0 ? "" : " throws " + names(types);
    }

    /**
     * Writes a file for each package of a folder of classes, {@code args[0]}, into a folder, {@code args[1]}; the versions
     * stand in the sources, {@code args[2]}.
     */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Path folder = Files.createDirectories(Path.of(args[1]));
        for (var each : of(Path.of(args[0]), ApiDescription.class.getClassLoader()).entrySet()) {
            Files.write(folder.resolve(each.getKey() + ".txt"), Stream.concat(Stream.of("version "
                    + version(Path.of(args[2]), each.getKey())), each.getValue().stream()).toList());
        }
    }

    /** Returns the version that the sources say a package has; the annotation is not kept for run time. */
    static String version(Path sources, String name) throws IOException {
        Path source = sources.resolve(name.replace('.', '/')).resolve("package-info.java");
        Matcher version = VERSION.matcher(Files.readString(source));
        if (!version.find()) {
            throw new IllegalStateException("no @Version in " + source);
        }
        return version.group(1);
    }
}
