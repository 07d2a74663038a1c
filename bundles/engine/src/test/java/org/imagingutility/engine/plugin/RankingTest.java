package org.imagingutility.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.tck.codec.StoreCodec;
import org.junit.jupiter.api.Test;

/** Which of several plug-ins that fit is used, and which are there and not used. */
class RankingTest {
    private static final String OWN = "org.imagingutility.codec.one";
    private static final String FOREIGN = "com.example.codec";
    private final Plugins plugins = new Plugins();

    @Test
    void ofTwoWithOneNameAndWireIdTheOneOfHigherRankingIsUsedWhicheverCameFirst() throws ImagingException {
        add("twin", 40_001, 0, FOREIGN + ".low");
        Codec high = add("twin", 40_001, 5, FOREIGN + ".high");
        assertThat(used("twin")).isEqualTo(FOREIGN + ".high");
        Codec higher = add("twin", 40_001, 10, FOREIGN + ".higher");
        add("twin", 40_001, -1, FOREIGN + ".lowest");
        assertThat(used("twin")).isEqualTo(FOREIGN + ".higher");
        assertThat(usedFor(40_001)).isEqualTo(FOREIGN + ".higher");
        plugins.codecs().remove(higher);
        assertThat(used("twin")).isEqualTo(FOREIGN + ".high");
        plugins.codecs().remove(high);
        assertThat(used("twin")).isEqualTo(FOREIGN + ".low");
    }

    @Test
    void ofEqualRankingTheOneThatCameFirstIsUsed() throws ImagingException {
        add("twin", 40_001, 3, FOREIGN + ".first");
        add("twin", 40_001, 3, FOREIGN + ".second");
        assertThat(used("twin")).isEqualTo(FOREIGN + ".first");
        assertThat(usedFor(40_001)).isEqualTo(FOREIGN + ".first");
    }

    @Test
    void aCodecWithTheNameOrIdOfAnotherOneIsNotUsedWhateverItsRanking() throws ImagingException {
        Codec first = add("one", 40_001, 0, FOREIGN);
        add("other", 40_001, 10, "com.late");
        add("one", 40_002, 10, "com.late");
        assertThat(usedFor(40_001)).isEqualTo(FOREIGN);
        assertThat(used("one")).isEqualTo(FOREIGN);
        assertThat(unused("other")).hasValueSatisfying(reason -> assertThat(reason).contains("wire id", "codec one (wire id 40001)", FOREIGN));
        assertThatThrownBy(() -> plugins.codecByWireId(40_002, "x")).isInstanceOf(PluginMissingException.class);
        plugins.codecs().remove(first);
        assertThat(plugins.codecNamed("other").wireId()).isEqualTo(40_001);
        assertThat(unused("other")).isEmpty();
    }

    @Test
    void aForeignCodecNeverTakesThePlaceOfOneOfThisProject() throws ImagingException {
        add("zstd", 40_001, 100, FOREIGN);
        add("zstd", 1, 0, OWN);
        assertThat(used("zstd")).isEqualTo(OWN);
        add("quick", 1, 100, FOREIGN);
        assertThat(usedFor(1)).isEqualTo(OWN);
        assertThat(unused("quick")).hasValueSatisfying(reason -> assertThat(reason).contains("below 32768"));
    }

    @Test
    void whereOnlyTrustedBundlesAreThereAllMayHaveReservedIds() throws ImagingException {
        plugins.trustAll();
        add("quick", 9, 0, FOREIGN);
        assertThat(usedFor(9)).isEqualTo(FOREIGN);
    }

    @Test
    void anImageIsReadByTheCodecItNamesEvenIfThatSharesItsId() throws ImagingException {
        add("first", 40_001, 0, FOREIGN);
        add("second", 40_001, 0, "com.late");
        try (JobPlugins job = new JobPlugins(plugins, JobMonitor.NONE)) {
            job.expectCodec(Specs.of("second", 40_001));
            assertThat(job.codecByWireId(40_001, "x").name()).isEqualTo("second");
            job.expectCodec(Specs.of("first", 40_001));
            assertThat(job.codecByWireId(40_001, "x").name()).isEqualTo("first");
            job.expectCodec(Specs.of("third", 40_001));
            assertThatThrownBy(() -> job.codecByWireId(40_001, "image \"i\"")).isInstanceOf(PluginMissingException.class)
                    .hasMessageContaining("image \"i\" needs codec \"third (wire id 40001)\"");
        }
    }

    @Test
    void ofTwoVersionsOfABundleTheNewerIsUsedWhicheverCameFirstAndOfHigherRanking() throws ImagingException {
        Codec old = add("one", 40_001, 10, FOREIGN, "1.9.0");
        Codec fresh = add("one", 40_001, 0, FOREIGN, "1.10.0");
        assertThat(version("one")).isEqualTo("1.10.0");
        assertThat(plugins.list()).filteredOn(plugin -> plugin.version().equals("1.9.0")).singleElement()
                .satisfies(plugin -> assertThat(plugin.unused()).contains("version 1.10.0 of it is used"));
        plugins.codecs().remove(fresh);
        assertThat(version("one")).isEqualTo("1.9.0");
        plugins.codecs().remove(old);
        assertThat(plugins.list()).isEmpty();
    }

    @Test
    void ofEqualRankingAProviderThatKnowsAFormOfItsOwnIsAskedBeforeOneThatTakesAnyReference() throws ImagingException {
        addProvider("any", true, 0);
        addProvider("split", false, 0);
        assertThat(plugins.deviceProviderFor("split:a").name()).isEqualTo("split");
        assertThat(plugins.deviceProviderFor("a").name()).isEqualTo("any");
        addProvider("first", true, 1);
        assertThat(plugins.deviceProviderFor("split:a").name()).isEqualTo("first");
    }

    private Codec add(String name, int wireId, int ranking, String bundle) {
        return add(name, wireId, ranking, bundle, "1.0.0");
    }

    private Codec add(String name, int wireId, int ranking, String bundle, String version) {
        Codec codec = new StoreCodec(name, wireId);
        plugins.codecs().add(codec, ranking, () -> new Origin(bundle, version, "ACTIVE"));
        return codec;
    }

    private void addProvider(String name, boolean any, int ranking) {
        plugins.deviceProviders().add(new Provider(name, any), ranking, () -> new Origin(name, "1.0.0", "ACTIVE"));
    }

    /** Returns the bundle whose codec is used for a name. */
    private String used(String name) throws ImagingException {
        return bundleOf(plugins.codecNamed(name));
    }

    private String usedFor(int wireId) throws ImagingException {
        return bundleOf(plugins.codecByWireId(wireId, "test"));
    }

    private String bundleOf(Codec codec) {
        return plugins.codecs().entries().stream().filter(entry -> entry.plugin() == codec).findFirst().orElseThrow().origin().name();
    }

    private String version(String name) {
        return plugins.codecs().entries().stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow().origin().version();
    }

    private Optional<String> unused(String name) {
        return plugins.list().stream().filter(plugin -> plugin.name().equals(name)).findFirst().flatMap(PluginInfo::unused);
    }

    /** A provider that opens nothing. */
    private record Provider(String name, boolean acceptsAny) implements DeviceProvider {
        @Override
        public List<DeviceInfo> list() {
            return List.of();
        }

        @Override
        public boolean accepts(String reference) {
            return acceptsAny || reference.startsWith(name + ":");
        }

        @Override
        public Device open(String reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) {
            throw new UnsupportedOperationException();
        }
    }
}
