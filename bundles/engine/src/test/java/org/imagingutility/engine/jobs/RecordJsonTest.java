package org.imagingutility.engine.jobs;

import org.imagingutility.api.Digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.serve.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
    private final RecordJson json = new RecordJson();

    /** What a backup of a whole disk cannot be asked for, or only with one of two values. */
    private static final Set<String> REFUSED = Set.of("BackupRequest.source.maxBytes", "BackupRequest.readErrors.badMap",
            "BackupRequest.readErrors.retryRecorded", "BackupRequest.division.sectorSize");

    static Stream<Class<?>> types() {
        return Arrays.stream(JobRequest.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("types")
    void aRequestComesBackAsItWasWhateverItsFieldsHold(Class<?> type) throws Exception {
        RandomRecords records = new RandomRecords(new Random(4711));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            JobRequest<?> request = (JobRequest<?>) records.make(type);
            seen.addAll(records.notAtDefault());
            JobRecord kept = kept(request);
            assertThat(json.read(json.write(kept), JobRecord.class)).isEqualTo(kept);
        }
        Set<String> wanted = new HashSet<>(RandomRecords.fields(type));
        wanted.removeAll(REFUSED);
        assertThat(seen).as("fields that were not at their default").containsAll(wanted);
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachTypeIsCarriedOutByTheCallThatTakesItAndHasItsOwnWorkers(Class<?> type) throws Exception {
        RandomRecords records = new RandomRecords(new Random(815));
        ScriptedEngine engine = new ScriptedEngine();
        for (int i = 0; i < 20; i++) {
            JobRequest<?> request = (JobRequest<?>) records.make(type);
            try {
                JobKinds.run(engine, request, JobMonitor.NONE);
            } catch (CancelledException e) {
                assertThat(e).as("the engine of the test makes no image").hasMessageContaining("testing");
            }
            assertThat(engine.requests.poll()).isSameAs(request);
            // one thread writes what is extracted, and there is nothing to be asked for
            int workers = type == ExtractRequest.class ? 1 : ((PipelineOptions) type.getMethod("pipeline").invoke(request)).parallel();
            assertThat(JobKinds.workers(request)).isEqualTo(workers);
        }
    }

    @Test
    void aTypeIsNamedByItsSimpleNameAndOnlyThosePermittedAreMade() throws IOException {
        String text = text();
        assertThat(text).contains("\"type\" : \"ImageRequest\"");
        assertRefused(text.replace("\"ImageRequest\"", "\"java.lang.ProcessBuilder\""), "java.lang.ProcessBuilder");
        assertRefused(text.replace("\"ImageRequest\"", "\"JobRecord\""), "JobRecord");
    }

    @Test
    void whatIsMissingUnknownTwiceOrOfAnotherFormIsRefused() throws IOException {
        String text = text();
        assertRefused(text.replace("\"device\" :", "\"devise\" :"), "devise");
        assertRefused(text.replaceFirst("\"device\" : [^,]*,", ""), "device");
        assertRefused(text.replace("\"retries\" : 3", "\"retries\" : 3, \"retries\" : 3"), "twice");
        assertRefused(text.replace("\"retries\" : 3", "\"retries\" : 1001"), "1001");
        assertRefused(text.replace("\"retries\" : 3", "\"retries\" : 99999999999"), "99999999999");
        assertRefused(text.replace("\"retries\" : 3", "\"retries\" : null"), "retries");
        assertRefused(text.replace("PT30S", "thirty"), "thirty");
        assertRefused(text.replace("RUNNING", "ASLEEP"), "ASLEEP");
        assertRefused(text.replace("\"version\" : 1", "\"version\" : 2"), "version 2");
        assertRefused(text + "{}", "follows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7", "{}", "\u0000\u0000\u0000"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> json.read(text.getBytes(StandardCharsets.UTF_8), JobRecord.class))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() throws IOException {
        byte[] whole = json.write(kept(ImageRequest.of("d", "t")));
        for (int length = 0; length < whole.length - 1; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> json.read(part, JobRecord.class)).isInstanceOf(IOException.class);
        }
    }

    private void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> json.read(text.getBytes(StandardCharsets.UTF_8), JobRecord.class))
                .isInstanceOf(IOException.class).hasMessageContaining(reason);
    }

    private String text() throws IOException {
        return new String(json.write(kept(ImageRequest.of("a device", "t"))), StandardCharsets.UTF_8);
    }

    private static JobRecord kept(JobRequest<?> request) {
        return new JobRecord(JobRecord.VERSION, 7, request, JobState.RUNNING, "codec \"zstd\"", true,
                Optional.of(new Progress("Imaging", "d", 1, 2, 3, 4)), Instant.ofEpochMilli(1), Optional.of(Instant.MAX),
                "folder", "owner", 12);
    }

    /** Makes records of random values of all kinds that {@link RecordJson} knows. */
    private static final class RandomRecords {
        private final Random random;
        private final Set<String> notAtDefault = new HashSet<>();

        RandomRecords(Random random) {
            this.random = random;
        }

        Set<String> notAtDefault() {
            return notAtDefault;
        }

        /** Returns a record that its type accepts. */
        Object make(Class<?> type) throws ReflectiveOperationException {
            for (int attempt = 0; attempt < 1000; attempt++) {
                notAtDefault.clear();
                try {
                    return value(type, type.getSimpleName());
                } catch (java.lang.reflect.InvocationTargetException e) {
                    // contradicts itself; the next one may not
                    assertThat(e.getCause()).isInstanceOf(IllegalArgumentException.class);
                }
            }
            throw new AssertionError("no " + type + " in 1000 attempts");
        }

        static List<String> fields(Class<?> type) {
            List<String> fields = new ArrayList<>();
            collect(type, type.getSimpleName(), fields);
            return fields;
        }

        private static void collect(Class<?> type, String place, List<String> fields) {
            for (var component : type.getRecordComponents()) {
                String name = place + "." + component.getName();
                if (component.getType().isRecord()) {
                    collect(component.getType(), name, fields);
                } else {
                    fields.add(name);
                }
            }
        }

        private Object value(java.lang.reflect.Type type, String place) throws ReflectiveOperationException {
            Class<?> raw = (Class<?>) (type instanceof java.lang.reflect.ParameterizedType p ? p.getRawType() : type);
            if (raw == Login.class) {
                // of which most values cannot be
                return Login.of("user " + random.nextInt(), "password".toCharArray(), 1);
            }
            if (raw == ImageLabels.class) {
                // likewise
                notAtDefault.add(place + ".host");
                notAtDefault.add(place + ".tags");
                return new ImageLabels(Optional.of("host-" + random.nextInt(100)), List.of("ä=" + random.nextInt(100), "b"));
            }
            if (raw.isRecord()) {
                var components = raw.getRecordComponents();
                Object[] values = new Object[components.length];
                Class<?>[] types = new Class<?>[components.length];
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    values[i] = value(components[i].getGenericType(), place + "." + components[i].getName());
                }
                return raw.getConstructor(types).newInstance(values);
            }
            if (raw.isSealed()) {
                notAtDefault.add(place);
                Class<?>[] permitted = raw.getPermittedSubclasses();
                return value(permitted[random.nextInt(permitted.length)], place);
            }
            if (random.nextInt(3) == 0) {
                return empty(raw);
            }
            notAtDefault.add(place);
            return other(raw, type, place);
        }

        private static Object empty(Class<?> raw) {
            return raw == String.class ? "" : raw == int.class ? (Object) 0 : raw == long.class ? (Object) 0L
                    : raw == boolean.class || raw == Boolean.class ? (Object) false : raw == Duration.class ? Duration.ZERO
                    : raw == Digest.class ? Digest.of(new byte[32])
                    : raw == Optional.class ? Optional.empty() : raw == java.util.OptionalInt.class
                    ? java.util.OptionalInt.empty() : raw == java.util.OptionalLong.class ? java.util.OptionalLong.empty()
                    : raw == List.class ? List.of() : raw == java.util.Map.class ? java.util.Map.of()
                    : raw.getEnumConstants()[0];
        }

        private Object other(Class<?> raw, java.lang.reflect.Type type, String place) throws ReflectiveOperationException {
            if (raw == String.class) {
                return "\"\\\n\u0001\u00e4\ud83d\ude42" + random.nextInt();
            }
            if (place.endsWith(".sectorSize")) {
                return java.util.OptionalInt.of(random.nextBoolean() ? 512 : 4096);
            }
            if (raw == int.class || raw == java.util.OptionalInt.class) {
                int number = random.nextInt(1, 200);
                return raw == int.class ? (Object) number : java.util.OptionalInt.of(random.nextBoolean() ? number
                        : Integer.MAX_VALUE);
            }
            if (raw == long.class || raw == java.util.OptionalLong.class) {
                long number = random.nextLong(1, Long.MAX_VALUE);
                return raw == long.class ? (Object) number : java.util.OptionalLong.of(number);
            }
            if (raw == boolean.class || raw == Boolean.class) {
                return true;
            }
            if (raw == Duration.class) {
                return Duration.ofNanos(random.nextLong(1, Long.MAX_VALUE));
            }
            if (raw == Digest.class) {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                return Digest.of(bytes);
            }
            if (raw.isEnum()) {
                return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
            }
            java.lang.reflect.Type[] arguments = ((java.lang.reflect.ParameterizedType) type).getActualTypeArguments();
            if (raw == Optional.class) {
                return Optional.of(value(arguments[0], place));
            }
            if (raw == List.class) {
                return List.of(value(arguments[0], place), value(arguments[0], place));
            }
            assertThat(raw).as("a type of field that this test knows, at " + place).isEqualTo(java.util.Map.class);
            return java.util.Map.of("a", value(arguments[1], place), "b", value(arguments[1], place));
        }
    }
}
