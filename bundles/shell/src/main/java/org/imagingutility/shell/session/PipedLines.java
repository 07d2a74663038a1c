package org.imagingutility.shell.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.imagingutility.shell.command.ExitCodes;
import org.imagingutility.shell.command.Foreground;
import org.imagingutility.shell.platform.WindowsLine;

/** Commands from a pipe or a file, line by line. One that fails does not stop those behind it. */
public final class PipedLines {
    private final Session session;
    private final Foreground foreground;

    public PipedLines(Session session, Foreground foreground) {
        this.session = session;
        this.foreground = foreground;
    }

    /** Runs all of {@code in}, or up to {@code exit}; returns the exit code of the last command that failed, 0 if none did. */
    public int run(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        int exitCode = ExitCodes.DONE;
        StringBuilder statement = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            statement.append(line).append('\n');
            if (isUnfinished(statement)) {
                continue;
            }
            int code = session.run(statement);
            statement.setLength(0);
            if (session.exitCode().isPresent()) {
                return session.exitCode().getAsInt();
            }
            if (code != ExitCodes.DONE) {
                exitCode = code;
            }
            if (foreground.ended().isPresent()) {
                break;
            }
        }
        // what was never finished is run all the same: it fails and says where
        return statement.length() == 0 ? exitCode : session.run(statement);
    }

    /** Says whether a block or a quotation goes on in the next line. */
    private static boolean isUnfinished(CharSequence statement) {
        try {
            new Parser(WindowsLine.forGogo(statement)).program();
            return false;
        } catch (EOFError e) {
            return true;
        } catch (SyntaxError e) {
            return false; // to be told when it is run
        }
    }
}
