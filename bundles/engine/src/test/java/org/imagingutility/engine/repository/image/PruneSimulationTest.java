package org.imagingutility.engine.repository.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.progress.Checkpoint;
import org.imagingutility.engine.repository.layout.Configuration;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;
import org.imagingutility.engine.repository.layout.RepositoryDigests;
import org.imagingutility.engine.repository.prune.Pruner;
import org.imagingutility.tck.blobs.BlobStoreWrapper;
import org.junit.jupiter.api.Test;

/**
 * Writers, pruners and somebody who forgets images use one repository for weeks of simulated time, in orders of their calls that are drawn at
 * random: processes die between any two calls, machines stand still, lists lag, clocks are off by an hour. No image ever lacks anything, and
 * when all have ended two prunes leave no garbage. More orders: {@code -Dprune.schedules=100000}.
 */
class PruneSimulationTest {
    private static final int SCHEDULES = Integer.getInteger("prune.schedules", 6);
    private static final int MUTANTS = 400;
    private static final int FRAME = 64 << 10;
    private static final int FRAMES = 4;
    private static final int CONTENTS = 9;
    private static final long LASTS = 12 * 24 * World.HOUR;
    private static final Checkpoint GO_ON = new Checkpoint() {
        @Override
        public void checkpoint() {
            // never cancelled
        }

        @Override
        public void notice(String line) {
            throw new AssertionError(line);
        }
    };

    /** What is wrong with whom; nothing, for the protocol as it is. */
    private record Mutant(UnaryOperator<BlobStore> writer, UnaryOperator<BlobStore> pruner) {
        static final Mutant NONE = new Mutant(UnaryOperator.identity(), UnaryOperator.identity());
    }

    private static World world(long seed, Mutant mutant) throws Exception {
        World world = new World(seed);
        world.place.putIfAbsent(ObjectNames.CONFIGURATION, ByteBuffer.wrap(Configuration.of("0".repeat(32), Instant.EPOCH).encode()));
        for (int i = 0; i < 3; i++) {
            world.add(program -> write(program, mutant), LASTS);
        }
        for (int i = 0; i < 2; i++) {
            world.add(program -> prune(program, mutant), LASTS);
        }
        world.add(PruneSimulationTest::forget, LASTS);
        world.run();
        return world;
    }

    private static long sometimes(Random random, long... hours) {
        return (long) (random.nextDouble() * hours[random.nextInt(hours.length)] * World.HOUR);
    }

    private static void write(World.Program program, Mutant mutant) throws ImagingException {
        Random random = program.random();
        program.sleep(sometimes(random, 2, 40));
        Repository repository = program.open(mutant.writer);
        RepositoryFile file = RepositoryFile.create("r#a", repository, random.nextBoolean() ? "a" : "b");
        ImageSpec spec = new ImageSpec(FRAMES * FRAME, 512, FRAME, 2 * FRAME, "zstd", 1, 3, false, program.now().truncatedTo(ChronoUnit.SECONDS), 2,
                FRAMES, Metadata.empty());
        ImageWriter writer = RepositoryFormat.INSTANCE.create(file, spec, null);
        for (int chunk = 0; chunk < 2; chunk++) {
            writer.beginChunk(new ChunkPlan(2L * chunk * FRAME, 2 * FRAME, new ExtentList.Builder().add(2L * chunk * FRAME, 2 * FRAME).build()));
            for (int i = 2 * chunk; i < 2 * chunk + 2; i++) {
                program.sleep(sometimes(random, 0, 0, 0, 0, 5, 11, 30));
                writer.writeFrame(frame(file, i, random), ByteBuffer.allocate(0));
            }
            writer.endChunk();
        }
        writer.finish(Metadata.empty());
        program.sleep(sometimes(random, 0, 0, 0, 11, 30));
        file.publish();
    }

    /** As the encoder does it: looked for, and stored if it is not there, in one of two forms. */
    private static FrameInfo frame(RepositoryFile file, int index, Random random) throws ImagingException {
        int content = random.nextInt(CONTENTS);
        byte[] stored = new byte[20 + random.nextInt(2)];
        stored[4] = (byte) 0xA0;
        stored[15] = (byte) content;
        CRC32C crc = new CRC32C();
        crc.update(stored);
        Digest digest = RepositoryDigests.of(new byte[] {(byte) content});
        FrameInfo frame = new FrameInfo(index, FrameKind.DATA, FRAME, stored.length, (int) crc.getValue(), digest);
        Optional<FrameInfo> found = file.find(frame);
        return found.isPresent() ? found.get() : file.keep(frame, ByteBuffer.wrap(stored)).frame();
    }

    private static void prune(World.Program program, Mutant mutant) throws ImagingException {
        program.sleep(sometimes(program.random(), 3, 30));
        Pruner.run(program.open(mutant.pruner), GO_ON, false);
    }

    private static void forget(World.Program program) throws ImagingException {
        program.sleep(sometimes(program.random(), 20));
        Repository repository = program.open(UnaryOperator.identity());
        List<ImageKey> images = repository.images(ObjectNames.IMAGES);
        if (images.size() > 1) {
            repository.delete(images.get(program.random().nextInt(images.size())).key());
        }
    }

    private static Set<String> garbage(World world) {
        Set<String> garbage = new TreeSet<>(world.place.keys());
        garbage.removeIf(key -> !ObjectNames.isFrameOrTable(key));
        garbage.removeAll(world.place.referred());
        return garbage;
    }

    @Test
    void noImageEverLacksAnythingAndGarbageIsBounded() throws Exception {
        int images = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            World[] world = new World[1];
            int schedule = seed;
            assertThatCode(() -> world[0] = world(schedule, Mutant.NONE)).as("schedule %d", seed).doesNotThrowAnyException();
            images += world[0].place.images();
            world[0].nobodyDies();
            for (int i = 0; i < 5; i++) {
                world[0].place.advanceTo(world[0].place.now() + 48 * World.HOUR);
                world[0].add(program -> {
                    Pruner.run(program.open(UnaryOperator.identity()), GO_ON, false);
                    program.sleep(3 * World.HOUR);
                }, World.MINUTE / 60);
                world[0].run();
                assertThat(i == 0 ? Set.of() : garbage(world[0])).as("schedule %d after prune %d", seed, i).isEmpty();
            }
            assertThat(world[0].place.keys()).as("schedule %d", seed).noneMatch(key -> key.startsWith("prune/"));
        }
        assertThat(images).isGreaterThan(SCHEDULES);
    }

    /** Runs until an image lost something, which is what proves that the simulation would see it. */
    private static void loses(Mutant mutant) {
        assertThatThrownBy(() -> {
            for (int seed = 0; seed < MUTANTS; seed++) {
                world(seed, mutant);
            }
        }).isInstanceOf(LaggingPlace.Lost.class);
    }

    @Test
    void writersThatDoNotLookLose() {
        loses(new Mutant(store -> new BlobStoreWrapper(store) {
            @Override
            public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
                return prefix.equals("prune/") ? List.of() : super.list(prefix, after, limit);
            }
        }, UnaryOperator.identity()));
    }

    @Test
    void prunersThatDoNotHeedWhatIsKeptLose() {
        loses(new Mutant(UnaryOperator.identity(), store -> new BlobStoreWrapper(store) {
            @Override
            public Optional<BlobInfo> stat(String key) throws ImagingException {
                return key.endsWith(".end.json") ? Optional.empty() : super.stat(key);
            }

            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                if (!key.endsWith(".end.json")) {
                    super.putIfAbsent(key, content);
                }
            }
        }));
    }
}
