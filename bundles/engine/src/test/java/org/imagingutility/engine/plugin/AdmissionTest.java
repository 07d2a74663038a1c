package org.imagingutility.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.tck.codec.StoreCodec;
import org.junit.jupiter.api.Test;

/** What becomes of a plug-in that misbehaves when it comes: it is listed with the reason, and nothing else. */
class AdmissionTest {
    private final Plugins plugins = new Plugins();
    private final List<String> log = new ArrayList<>();

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThat(refusal(codec(() -> null, () -> 40_000))).contains("its name is null");
        assertThat(refusal(codec(() -> "", () -> 40_000))).contains("is not 1 to 32");
        assertThat(refusal(codec(() -> "Bad Name!", () -> 40_000))).contains("\"Bad Name!\" is not 1 to 32 lower-case letters");
        assertThat(refusal(codec(() -> "a".repeat(33), () -> 40_000))).contains("is not 1 to 32");
        assertThat(refusal(codec(() -> "auto", () -> 40_000))).contains("no codec may be called");
    }

    @Test
    void aPluginThatCannotEvenSayItsNameIsRefused() {
        assertThat(refusal(codec(() -> {
            throw new NoClassDefFoundError("x/Y");
        }, () -> 40_000))).contains("NoClassDefFoundError", "when it was asked what it is");
        assertThat(refusal(codec(() -> {
            throw new StackOverflowError();
        }, () -> 40_000))).contains("StackOverflowError");
    }

    @Test
    void whatIsAnotherOneEachTimeIsRefused() {
        Iterator<String> names = List.of("a", "b", "c", "d", "e").iterator();
        assertThat(refusal(codec(names::next, () -> 40_000))).contains("its name is another one each time");
        Iterator<Integer> ids = List.of(40_000, 40_001, 40_002, 40_003, 40_004).iterator();
        assertThat(refusal(codec(() -> "bad", ids::next))).contains("another number later");
    }

    @Test
    void aWireIdOutOfRangeIsRefused() {
        for (int wireId : new int[] {Integer.MIN_VALUE, -1, 0, 65_536, 70_000}) {
            assertThat(refusal(codec(() -> "bad", () -> wireId))).contains("Codec.wireId returned " + wireId);
        }
    }

    @Test
    void traitsThatAreNotThereAreRefused() {
        Codec sound = new StoreCodec("bad", 40_000);
        assertThat(refusal(answering(sound, "traits", () -> null))).contains("Codec.traits returned null");
        assertThat(refusal(answering(sound, "traits", () -> new CodecTraits(5, 1, 3, Optional.empty(), 0)))).contains("default level 3");
    }

    @Test
    void aManifestNeverLiesOutsideItsSet() {
        for (String name : Arrays.asList(null, "", " ", "../manifest.json", "a/b", "a\\b", "c:manifest", ".manifest", "a\nb")) {
            plugins.setFormats().add(new Manifest(name), 0, () -> new Origin("com.acme.bad", "1.0.0", "ACTIVE"));
        }
        assertThat(plugins.setFormats().all()).isEmpty();
        assertThat(plugins.list()).hasSize(9).allSatisfy(plugin -> assertThat(plugin.unused()).hasValueSatisfying(
                reason -> assertThat(reason).contains("SetFormat.manifestName returned")));
    }

    @Test
    void whatCouldNotBeMadeIsListedWithTheReasonAndGoesWhenItIsTakenBack() {
        Object key = new Object();
        plugins.allocators().addBroken(key, () -> new Origin("com.acme.bad", "1.0.0", "ACTIVE"), "no licence found");
        assertThat(plugins.list()).singleElement().satisfies(plugin -> {
            assertThat(plugin.name()).isEqualTo("?");
            assertThat(plugin.bundle()).isEqualTo("com.acme.bad");
            assertThat(plugin.unused()).contains("no licence found");
        });
        assertThat(plugins.allocators().all()).isEmpty();
        plugins.allocators().remove(key);
        assertThat(plugins.list()).isEmpty();
    }

    @Test
    void othersWorkAndTheLogTellsOfIt() throws ImagingException {
        plugins.remarks(log::add);
        refusal(codec(() -> null, () -> 40_000));
        Codec sound = new StoreCodec("sound", 40_001);
        plugins.codecs().add(sound, 0, () -> new Origin("com.example", "1.0.0", "ACTIVE"));
        assertThat(plugins.codecNamed("sound").wireId()).isEqualTo(40_001);
        assertThat(plugins.codecByWireId(40_001, "test").name()).isEqualTo("sound");
        assertThat(log).singleElement().asString().contains("codec ? (com.acme.bad 1.0.0) is not used: its name is null");
    }

    /** Adds a codec and returns why it is refused. */
    private String refusal(Codec codec) {
        plugins.codecs().add(codec, 100, () -> new Origin("com.acme.bad", "1.0.0", "ACTIVE"));
        assertThat(plugins.codecs().all()).isEmpty();
        PluginInfo info = plugins.list().get(0);
        plugins.codecs().remove(codec);
        assertThat(info.bundle()).isEqualTo("com.acme.bad");
        assertThat(info.state()).contains("refused");
        return info.unused().orElseThrow();
    }

    private static Codec codec(Supplier<String> name, Supplier<Integer> wireId) {
        return answering(answering(new StoreCodec("bad", 40_000), "name", name), "wireId", wireId);
    }

    private static Codec answering(Codec codec, String method, Supplier<?> answer) {
        return (Codec) Proxy.newProxyInstance(Codec.class.getClassLoader(), new Class<?>[] {Codec.class}, (proxy, called, arguments) -> {
            try {
                return called.getName().equals(method) ? answer.get() : called.invoke(codec, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** A format whose manifests have that name. */
    private record Manifest(String manifestName) implements SetFormat {
        @Override
        public String name() {
            return "bad";
        }

        @Override
        public BackupManifest read(String reference, ByteBuffer content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteBuffer write(BackupManifest manifest) {
            throw new UnsupportedOperationException();
        }
    }
}
