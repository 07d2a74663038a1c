package org.imagingutility.command.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.JobMonitor;
import org.junit.jupiter.api.Test;

/** The letter of a drive, by a net.exe that only notes what it is asked for. */
class DriveLetterTest {
    private static final String SERVING = "serving \"i.skzimg\" as http://localhost:4711/i.skzimg/";
    private final List<String> ran = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private String answer = "The command completed successfully.";
    private String failure;

    private String run(List<String> command) throws IOException {
        ran.add(String.join(" ", command));
        if (failure != null) {
            throw new IOException(failure);
        }
        return answer;
    }

    private WebdavMounting mounting(String wanted, boolean windows) {
        return new WebdavMounting(new DriveLetter(wanted, windows, this::run), new JobMonitor() {
            @Override
            public void notice(String line) {
                told.add(line);
            }
        }, () -> false);
    }

    @Test
    void theLetterLeadsToTheServerAsLongAsItServes() throws Exception {
        WebdavMounting mounting = mounting("x:", true);
        mounting.notice("something else");
        assertThat(ran).isEmpty();
        mounting.notice(SERVING);
        mounting.notice("serving \"j.skzimg\" as http://localhost:4711/j.skzimg/");
        assertThat(ran).containsExactly("net use X: http://localhost:4711/ /persistent:no");
        assertThat(told).contains("the files are at X: until Ctrl+C");
        mounting.end();
        mounting.end();
        mounting.check();
        assertThat(ran).containsExactly("net use X: http://localhost:4711/ /persistent:no", "net use X: /delete /y");
    }

    @Test
    void aFreeLetterIsTheOneThatWindowsNames() throws Exception {
        answer = "Drive Z: is now connected to http://localhost:4711/.\n\nThe command completed successfully.";
        WebdavMounting mounting = mounting("*", true);
        mounting.notice(SERVING);
        mounting.end();
        assertThat(ran).containsExactly("net use * http://localhost:4711/ /persistent:no", "net use Z: /delete /y");
        assertThat(told).contains("the files are at Z: until Ctrl+C");
    }

    @Test
    void withoutALetterTheServerEndsAndSaysWhy() throws Exception {
        failure = "System error 67 has occurred. The network name cannot be found.";
        WebdavMounting mounting = mounting("X:", true);
        assertThat(mounting.cancelled()).isFalse();
        mounting.notice(SERVING);
        assertThat(mounting.cancelled()).isTrue();
        mounting.end();
        assertThat(ran).hasSize(1);
        assertThatThrownBy(mounting::check).isInstanceOf(TargetException.class).hasMessageContaining("System error 67");
    }

    @Test
    void elsewhereItIsSaidHowToMount() throws Exception {
        WebdavMounting mounting = mounting("*", false);
        mounting.notice(SERVING);
        mounting.end();
        assertThat(ran).isEmpty();
        assertThat(told).anyMatch(line -> line.contains("mount -t davfs -o ro http://localhost:4711/ DIR"))
                .anyMatch(line -> line.contains("gio mount dav://localhost:4711/"));
    }
}
