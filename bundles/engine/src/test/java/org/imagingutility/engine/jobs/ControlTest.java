package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs of one service, as another one of the same data folder sees and controls them. */
@Timeout(120)
class ControlTest extends JobsTrial {
    private static final Progress FAR = new Progress("Restoring", "i", 30, 100, 5_000_000_000L);

    @BeforeAll
    static void begin() throws IOException {
        requireLocalSockets();
    }

    @Test
    void aJobOfAnotherProcessIsSeenAsFarAsItIsNow() throws Exception {
        CountDownLatch far = new CountDownLatch(1);
        engine.does(monitor -> {
            monitor.progress(new Progress("Restoring", "i", 1, 100, 1));
            monitor.progress(FAR);
            far.countDown();
            ScriptedEngine.untilCancelled(monitor);
        });
        jobs.submit(RESTORE, JobMonitor.NONE);
        far.await();
        try (Jobs other = new Jobs(engine, data, new Listeners())) {
            JobStatus status = other.jobs().get(0);
            assertThat(status.state()).isEqualTo(JobState.RUNNING);
            assertThat(status.reason()).isEqualTo("in process " + ProcessHandle.current().pid());
            assertThat(status.progress()).contains(FAR);
            assertThat(status.workers()).as("here").isZero();
        }
    }

    @Test
    void aJobOfAnotherProcessDoesAsItIsTold() throws Exception {
        engine.does(monitor -> {
            boolean held = false;
            while (!monitor.cancelled()) {
                if (held != monitor.paused()) {
                    held = !held;
                    monitor.state(held ? JobState.PAUSED : JobState.RUNNING, "");
                }
                ScriptedEngine.nap();
            }
            throw new CancelledException("testing");
        });
        Job<?> mine = jobs.submit(RESTORE, JobMonitor.NONE);
        try (Jobs other = new Jobs(engine, data, new Listeners())) {
            Job<?> theirs = other.job("1").orElseThrow();
            theirs.pause();
            until(() -> mine.status().state() == JobState.PAUSED);
            assertThat(theirs.status().state()).isEqualTo(JobState.PAUSED);
            theirs.resume();
            until(() -> mine.status().state() == JobState.RUNNING);
            theirs.workers(3);
            assertThat(mine.status().workers()).isEqualTo(3);
            assertThatThrownBy(theirs::resume).isInstanceOf(UsageException.class).hasMessageContaining("runs already");
            assertThatThrownBy(() -> theirs.workers(0)).isInstanceOf(UsageException.class);
            assertThatThrownBy(() -> other.forget("1")).isInstanceOf(UsageException.class).hasMessageContaining("process");
            theirs.requestCancel();
            assertThatThrownBy(mine::await).isInstanceOf(CancelledException.class);
            assertThat(theirs.status().state()).isEqualTo(JobState.CANCELLED);
            assertThatThrownBy(theirs::requestCancel).isInstanceOf(UsageException.class).hasMessageContaining("is cancelled");
            assertThatThrownBy(theirs::pause).isInstanceOf(UsageException.class).hasMessageContaining("is cancelled");
        }
    }

    @Test
    void aJobWhoseProcessDoesNotAnswerIsNotSaidToHaveBeenControlled() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Job<?> mine = jobs.submit(RESTORE, JobMonitor.NONE);
        Files.delete(socket());
        try (Jobs other = new Jobs(engine, data, new Listeners())) {
            Job<?> theirs = other.job("1").orElseThrow();
            assertThat(theirs.status().state()).as("what is kept").isEqualTo(JobState.RUNNING);
            for (Control control : List.<Control>of(theirs::pause, theirs::resume, theirs::requestCancel, () -> theirs.workers(2))) {
                assertThatThrownBy(control::run).isInstanceOf(UsageException.class)
                        .hasMessageContaining("in process " + ProcessHandle.current().pid() + ", which does not answer");
            }
            theirs.cancel();
            assertThat(mine.status().state()).isEqualTo(JobState.RUNNING);
        }
    }

    private interface Control {
        void run() throws Exception;
    }

    @Test
    void theSocketIsForItsUserAloneAndEndsWithTheService() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        jobs.submit(RESTORE, JobMonitor.NONE);
        Path socket = socket();
        if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket))).isEqualTo("rw-------");
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                assertThat(PeerUser.of(channel)).contains(Files.getOwner(socket));
            }
        }
        jobs.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void whatIsNoRequestIsAnsweredAndTheNextOneIsServed() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        jobs.submit(RESTORE, JobMonitor.NONE);
        assertThat(said("no JSON\n")).contains("not understood");
        assertThat(said("{\"version\":1,\"action\":\"STATUS\",\"job\":9,\"workers\":0}\n")).contains("job 9 does not run any more");
        assertThat(said("{\"version\":2,\"action\":\"STATUS\",\"job\":1,\"workers\":0}\n")).contains("version 2");
        assertThat(said("{\"version\":1,\"action\":\"STATUS\",\"job\":1,\"workers\":0,\"x\":1}\n")).contains("not understood");
        assertThat(said("{\"version\":1,\"action\":\"STATUS\",\"job\":1,\"workers\":0}\n")).contains("RUNNING").endsWith("\n");
    }

    @Test
    void aRequestWithoutEndIsCutOff() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        jobs.submit(RESTORE, JobMonitor.NONE);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            ByteBuffer many = ByteBuffer.allocate(1 << 20);
            assertThatThrownBy(() -> {
                while (true) {
                    channel.write(many.clear());
                }
            }).isInstanceOf(IOException.class);
        }
        assertThat(said("{\"version\":1,\"action\":\"STATUS\",\"job\":1,\"workers\":0}\n")).contains("RUNNING");
    }

    @Test
    void whatADeadProcessLeftIsRemovedByTheNext() throws Exception {
        Path folder = Files.createDirectories(data.resolve("jobs"));
        String dead = "00000000-0000-0000-0000-000000000000";
        Path elsewhere = Files.createDirectory(data.resolve("t")).resolve("control.sock");
        for (Path left : List.of(folder.resolve(dead + ".owner"), folder.resolve(dead + ".sock"), elsewhere)) {
            Files.writeString(left, "");
        }
        Path sign = Files.writeString(folder.resolve(dead + ".sock-at"), elsewhere.toString());
        engine.does(ScriptedEngine::untilCancelled);
        jobs.submit(RESTORE, JobMonitor.NONE);
        assertThat(sign).doesNotExist();
        assertThat(elsewhere.getParent()).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(dead)
                    && !name.endsWith(".sock"));
        }
    }

    @Test
    void aFolderWithALongNameHasItsSocketWhereTheNameIsShort() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Path deep = data.resolve("n".repeat(100));
        Path socket;
        try (Jobs far = new Jobs(engine, deep, new Listeners()); Jobs other = new Jobs(engine, deep, new Listeners())) {
            Job<?> mine = far.submit(RESTORE, JobMonitor.NONE);
            try (Stream<Path> files = Files.list(deep.resolve("jobs"))) {
                socket = Path.of(Files.readString(files.filter(file -> file.toString().endsWith(".sock-at")).findFirst().orElseThrow()));
            }
            other.job("1").orElseThrow().requestCancel();
            assertThatThrownBy(mine::await).isInstanceOf(CancelledException.class);
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void aJobThatItsCallerWaitsForIsListedAndControlledWhenItLasts() throws Exception {
        engine.does(ScriptedEngine::untilCancelled);
        Jobs process = new Jobs(engine, data, new Listeners(), Duration.ZERO);
        CountDownLatch over = new CountDownLatch(1);
        Throwable[] failure = new Throwable[1];
        Thread caller = new Thread(() -> {
            try {
                process.run(RESTORE, JobMonitor.NONE);
            } catch (Exception e) {
                failure[0] = e;
            }
            over.countDown();
        });
        caller.start();
        until(() -> !jobs.jobs().isEmpty());
        jobs.job("1").orElseThrow().requestCancel();
        over.await();
        assertThat(failure[0]).isInstanceOf(CancelledException.class);
        assertThat(jobs.jobs().get(0).state()).isEqualTo(JobState.CANCELLED);
        try (Stream<Path> files = Files.list(data.resolve("jobs"))) {
            assertThat(files.map(file -> file.getFileName().toString())).as("lock and socket are given back without closing")
                    .containsExactlyInAnyOrder("1.json", "lock");
        }
        engine.does(monitor -> { });
        jobs.job("1").orElseThrow().resume();
        jobs.job("1").orElseThrow().await();
    }

    @Test
    void aJobThatIsSoonOverLeavesNothing() throws Exception {
        engine.does(monitor -> monitor.progress(FAR));
        assertThat(new Jobs(engine, data, new Listeners(), Duration.ofDays(1)).run(RESTORE, JobMonitor.NONE)).isNull();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aJobRunsWhereNothingCanBeKept() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        CountDownLatch tried = new CountDownLatch(1);
        Jobs nowhere = new Jobs(engine, file, new Listeners(), Duration.ZERO);
        boolean[] asked = new boolean[1];
        engine.does(monitor -> {
            until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("job-listing")));
            asked[0] = monitor.cancelled();
            tried.countDown();
        });
        nowhere.run(RESTORE, JobMonitor.NONE);
        assertThat(asked[0]).isFalse();
        assertThat(nowhere.jobs()).isEmpty();
    }

    private Path socket() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("jobs"))) {
            return files.filter(file -> file.toString().endsWith(ControlSocket.SUFFIX)).findFirst().orElseThrow();
        }
    }

    private String said(String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(ControlLine.LONGEST);
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return e.getMessage();
        }
    }
}
