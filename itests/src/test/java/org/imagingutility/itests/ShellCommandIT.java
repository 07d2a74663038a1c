package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** The commands, typed into gogo. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ShellCommandIT {
    @Inject
    private CommandProcessor processor;
    @Inject
    private org.imagingutility.api.job.ImagingService service;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("shell", name -> true);
    }

    @Test
    public void listsPlugins() throws Exception {
        execute("imaging:plugins");
        assertTrue(text(out), text(out).contains("org.imagingutility.codec.zstd"));
        assertEquals(service.plugins().size() + 1, text(out).lines().count());
    }

    @Test
    public void knowsCommandsWithHyphens() throws Exception {
        execute("imaging:export-range --help");
        assertTrue(text(out), text(out).startsWith("Usage: export-range "));
    }

    @Test
    public void imagesAndVerifies() throws Exception {
        String image = Path.of(System.getProperty(ContainerOptions.FOLDER), "typed.skzimg").toString();
        execute("imaging:image --device '" + System.getProperty(ContainerOptions.VOLUME) + "' --out '" + image + "'");
        execute("imaging:verify --in '" + image + "'");
        assertTrue(text(out), text(out).stripTrailing().endsWith("OK"));
    }

    @Test
    public void failsWithTheExitCodeInTheMessage() {
        Exception failure = assertThrows(Exception.class, () -> execute("imaging:info --in /nonexistent/file"));
        assertEquals("info ended with exit code 3", failure.getMessage());
        assertTrue(text(err), text(err).startsWith("imaging: "));
    }

    private void execute(String line) throws Exception {
        try (CommandSession session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, err)) {
            session.execute(line);
        }
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
