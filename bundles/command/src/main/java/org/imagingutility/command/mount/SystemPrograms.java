package org.imagingutility.command.mount;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs of this system, by the search path and where administrators have theirs. */
final class SystemPrograms implements Programs {
    private static final List<String> ADMINISTRATORS = List.of("/usr/sbin", "/sbin");
    private static final int MOST_WORDS = 2000;

    @Override
    public boolean has(String name) {
        return !path(name).equals(name);
    }

    private static String path(String name) {
        String search = System.getenv("PATH");
        return Stream.concat(Stream.of((search == null ? "" : search).split(File.pathSeparator)), ADMINISTRATORS.stream())
                .filter(folder -> folder.startsWith("/")).map(folder -> Path.of(folder, name)).filter(Files::isExecutable)
                .filter(Files::isRegularFile).findFirst().map(Path::toString).orElse(name);
    }

    private static ProcessBuilder builder(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.set(0, path(words.get(0)));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
        // what it says becomes part of an error of this program, which speaks English
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    @Override
    public void run(List<String> command) throws IOException {
        Process process = builder(command).start();
        try (InputStream output = process.getInputStream()) {
            String words = new String(output.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
            output.transferTo(OutputStream.nullOutputStream());
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(words.isEmpty() ? command.get(0) + " ended with code " + code : String.join("; ", words.lines()
                        .map(String::strip).toList()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        }
    }

    @Override
    public Process begin(List<String> command, Path output) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.set(0, path(words.get(0)));
        // in a session of its own: Ctrl+C is for this process alone, which has to unmount first
        words.add(0, "setsid");
        return builder(words).redirectOutput(output.toFile()).start();
    }
}
