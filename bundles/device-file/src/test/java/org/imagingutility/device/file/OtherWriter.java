package org.imagingutility.device.file;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.file.io.Claims;

/** A process of its own that opens a target, says what came of it, and keeps it open until its input ends. */
final class OtherWriter implements AutoCloseable {
    private final Process process;
    private final String answer;

    private OtherWriter(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /** {@code arguments} are the reference of the target and the bytes it has to have. */
    public static void main(String[] arguments) throws Exception {
        try (WritableDevice target = new FileDeviceProvider().openTarget(arguments[0],
                new TargetOptions(Long.parseLong(arguments[1]), 512, true))) {
            say("opened " + target.length());
            System.in.readAllBytes();
        } catch (ImagingException e) {
            say(e.getMessage());
        }
    }

    private static void say(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    /** Starts the process and returns when it has opened the target, or failed to. */
    static OtherWriter open(String target, long length) throws Exception {
        return open(target, length, List.of(OtherWriter.class, FileDeviceProvider.class, Claims.class, TargetOptions.class,
                Native.class));
    }

    /** The same without JNA. */
    static OtherWriter openWithoutNativeCode(String target, long length) throws Exception {
        return open(target, length, List.of(OtherWriter.class, FileDeviceProvider.class, Claims.class, TargetOptions.class));
    }

    private static OtherWriter open(String target, long length, List<Class<?>> classes) throws Exception {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> needed : classes) {
            places.add(Path.of(needed.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
        }
        // in a module its own tests are another place than its classes
        places.add(Path.of(System.getProperty("basedir", ""), "target", "test-classes").toAbsolutePath().toString());
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                places.stream().collect(Collectors.joining(System.getProperty("path.separator"))), OtherWriter.class.getName(),
                target, Long.toString(length)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new OtherWriter(process, process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    /** Returns "opened" and the length, or the error. */
    String answer() {
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
