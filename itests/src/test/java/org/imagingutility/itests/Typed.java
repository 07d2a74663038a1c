package org.imagingutility.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;

/** A session of the shell in which a test types lines, and what the last one printed. */
final class Typed implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CommandSession session;

    /** Opens a session whose commands are looked up in {@code scope}. */
    Typed(CommandProcessor processor, String scope) {
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out);
        session.put("SCOPE", scope);
    }

    /** Runs a line and returns what it printed. */
    String type(String line) throws Exception {
        out.reset();
        session.execute(line);
        return out();
    }

    /** Returns what the last line printed. */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Says whether there is a command of that name, its scope in front. */
    boolean knows(String command) {
        return session.get(command) != null;
    }

    @Override
    public void close() {
        session.close();
    }
}
