package org.imagingutility.engine.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FileRights;

/**
 * The folder that jobs are kept in: {@code N.json} for job N, replaced as a whole and forced, so that it is one or the
 * other after any crash. {@code lock} holds the last number that was given away, and is locked by whoever changes to whom
 * a job belongs; several processes may use one folder. Used by several threads at once.
 */
final class JobFolder implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JobFolder.class.getPackageName());
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})\\.json");
    /** A request is a few hundred bytes; what is longer is none. */
    private static final long LARGEST = 4L << 20;

    private final Path folder;
    private final RecordJson json = new RecordJson();
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private final Function<ControlRequest, ControlReply> answers;
    private volatile Owner owner;
    /** Null as long as there is no owner, and where there can be no socket. */
    private ControlSocket control;

    /**
     * Names the folder; it is made when the first job is kept.
     *
     * @param answers what other processes are answered that ask for jobs of this one
     */
    JobFolder(Path data, Function<ControlRequest, ControlReply> answers) {
        folder = data.resolve("jobs");
        this.answers = answers;
    }

    /** What is done while no other process gives numbers away or takes jobs over. */
    interface Locked<T> {
        T run(Holder holder) throws IOException, ImagingException;
    }

    /** What may be done while the folder is locked. */
    final class Holder {
        private final FileChannel lock;

        private Holder(FileChannel lock) {
            this.lock = lock;
        }

        /** Returns a number that no job was given before. */
        long nextId() throws IOException {
            ByteBuffer text = ByteBuffer.allocate(20);
            while (text.hasRemaining() && lock.read(text, text.position()) > 0) {
                // until it is full or the file at its end
            }
            String last = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
            long highest = last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0;
            for (long id : ids()) {
                highest = Math.max(highest, id);
            }
            byte[] next = String.format("%-19d%n", highest + 1).getBytes(StandardCharsets.US_ASCII);
            lock.write(ByteBuffer.wrap(next), 0);
            return highest + 1;
        }

        /** Returns who this process is to other processes. */
        Owner owner() throws IOException {
            if (owner == null) {
                Owner.clean(folder);
                Owner made = Owner.in(folder);
                control = listening(made);
                owner = made;
            }
            return owner;
        }

        private ControlSocket listening(Owner made) {
            try {
                return ControlSocket.open(folder, made.name(), answers);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.log(Level.WARNING, "other processes cannot control the jobs of this one, as no socket can be opened for that in \""
                        + folder + "\": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
                return null;
            }
        }
    }

    /**
     * Runs something while no other process, and nobody else in this one, does so.
     *
     * @throws TargetException if the folder cannot be written
     */
    <T> T locked(Locked<T> action) throws ImagingException {
        // an interned string is one object for all copies of this class, which share the process's lock
        synchronized ((JobFolder.class.getName() + folder).intern()) {
            try {
                PrivateFolder.make(folder);
                try (FileChannel channel = FileChannel.open(folder.resolve("lock"), Set.of(StandardOpenOption.CREATE,
                        StandardOpenOption.READ, StandardOpenOption.WRITE), FileRights.PRIVATE.ofFile(folder))) {
                    channel.lock();
                    return action.run(new Holder(channel));
                }
            } catch (IOException e) {
                throw new TargetException(folder.toString(), -1, "jobs cannot be kept there: " + reason(e), "name a folder that can "
                        + "be written by the system property " + DataFolder.PROPERTY + " or the environment variable "
                        + DataFolder.VARIABLE, e);
            }
        }
    }

    /** Returns why: the message of some exceptions is nothing but the name of the file. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "not permitted";
        }
        if (e instanceof FileSystemException known) {
            return known.getReason() != null ? known.getReason() : "\"" + known.getFile() + "\" is in the way, or gone";
        }
        return e.getMessage();
    }

    /** Writes what is to be kept of a job, in place of what was. */
    void write(JobRecord job) throws IOException {
        Path file = file(job.id());
        Path fresh = folder.resolve(job.id() + ".json.new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                FileRights.PRIVATE.ofFile(fresh))) {
            ByteBuffer text = ByteBuffer.wrap(json.write(job));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceNames();
    }

    /** Makes a new name last. Windows opens no folder and keeps names by itself. */
    private void forceNames() throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    void delete(long id) throws IOException {
        Files.deleteIfExists(file(id));
        Files.deleteIfExists(folder.resolve(id + ".json.new"));
    }

    boolean exists(long id) {
        return Files.exists(file(id));
    }

    /** Returns the job, empty if it is not kept, or cannot be read, which the log says once. */
    Optional<JobRecord> read(long id) {
        Path file = file(id);
        try {
            if (!PrivateFolder.isOwn(file)) {
                throw new IOException("it belongs to another user");
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException("it has " + Files.size(file) + " bytes");
            }
            JobRecord job = json.read(Files.readAllBytes(file), JobRecord.class);
            if (job.id() != id) {
                throw new IOException("it says that it is job " + job.id());
            }
            return Optional.of(job);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!e.toString().equals(told.put(file.toString(), e.toString()))) {
                LOG.log(Level.WARNING, "\"" + file + "\" is not a job that can be read and is left alone: "
                        + (e instanceof JsonProcessingException damage ? damage.getOriginalMessage() : e.getMessage()));
            }
            return Optional.empty();
        }
    }

    /** Returns all jobs that can be read, by their number. */
    List<JobRecord> list() {
        List<JobRecord> jobs = new ArrayList<>();
        try {
            for (long id : ids()) {
                read(id).ifPresent(jobs::add);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the jobs in \"" + folder + "\" cannot be listed: " + e);
        }
        jobs.sort(Comparator.comparingLong(JobRecord::id));
        return jobs;
    }

    /** Returns the numbers of all files that are named as a job is. */
    List<Long> ids() throws IOException {
        List<Long> ids = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    ids.add(Long.valueOf(name.group(1)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // nothing was kept yet
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids;
    }

    /** Says whether the job service that a job belongs to is alive. */
    boolean lives(String ownerName) {
        return Owner.lives(folder, ownerName);
    }

    /** Says whether a job belongs to this service. */
    boolean isOurs(JobRecord job) {
        Owner ours = owner;
        return ours != null && ours.name().equals(job.owner());
    }

    private Path file(long id) {
        return folder.resolve(id + ".json");
    }

    /**
     * Asks the process that a job runs in.
     *
     * @throws IOException if it does not answer
     */
    ControlReply ask(JobRecord job, ControlRequest request) throws IOException {
        return ControlSocket.ask(folder, job.owner(), request);
    }

    /** Says that nothing that belongs to this service is live any more. A job that is kept after that makes another owner. */
    @Override
    public void close() throws IOException {
        Owner ours = owner;
        if (ours != null) {
            owner = null;
            try (ours) {
                if (control != null) {
                    control.close();
                }
            }
        }
    }
}
