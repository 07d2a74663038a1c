package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A process of its own that begins an image and holds its lock until its input ends. */
final class LockHolder {
    private LockHolder() {
    }

    /** {@code arguments[0]} is the file to lock. */
    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            System.out.write((channel.tryLock() == null ? "busy\n" : "locked\n").getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
            System.in.readAllBytes();
        }
    }

    /** Starts the process and returns when it has the lock. */
    static Process start(Path file) throws IOException {
        Process process = new ProcessBuilder(command(file)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        if (process.getInputStream().read() != 'l') {
            throw new IOException("the process ended without the lock");
        }
        return process;
    }

    /** Says whether another process can lock the file. */
    static boolean canLock(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(file)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            return process.getInputStream().read() == 'l';
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> command(Path file) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path classes = Path.of(System.getProperty("basedir", ""), "target", "test-classes");
        return List.of(java.toString(), "-cp", classes.toString(), LockHolder.class.getName(), file.toString());
    }
}
