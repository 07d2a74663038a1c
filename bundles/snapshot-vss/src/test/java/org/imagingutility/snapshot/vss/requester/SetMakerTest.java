package org.imagingutility.snapshot.vss.requester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.snapshot.vss.FakeVolumes;
import org.imagingutility.snapshot.vss.FakeVss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetMakerTest {
    private static final String NOTHING = "0 objects, 0 steps, 0 snapshots, 0 kept";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final FakeVolumes fakeVolumes = new FakeVolumes();
    private final FakeVss vss = new FakeVss().on(fakeVolumes);
    private final String c = fakeVolumes.make(new byte[512]) + "\\";
    private final String d = fakeVolumes.make(new byte[512]) + "\\";
    private final Map<String, String> volumes = new TreeMap<>(Map.of("C:", c, "D:", d));

    private SetMaker.MadeSet make() throws ImagingException {
        return new SetMaker(vss, vss, LIMIT).make(volumes, () -> false);
    }

    @Test
    void callsComeInTheOrderThatTheServiceWants() throws Exception {
        SetMaker.MadeSet set = make();
        assertThat(vss.calls().stream().filter(call -> !call.endsWith(".Wait"))).containsExactly("CreateVssBackupComponents",
                "InitializeForBackup", "SetContext(0)", "SetBackupState(5)", "GatherWriterMetadata", "IsVolumeSupported(" + c + ")",
                "IsVolumeSupported(" + d + ")", "StartSnapshotSet", "AddToSnapshotSet(" + c + ")", "AddToSnapshotSet(" + d + ")",
                "PrepareForBackup", "GatherWriterStatus", "GetWriterStatus", "FreeWriterStatus", "DoSnapshotSet", "GatherWriterStatus",
                "GetWriterStatus", "FreeWriterStatus", "GetSnapshotProperties", "GetSnapshotProperties");
        assertThat(set.copies().get("C:").volume()).isEqualTo(c);
        assertThat(set.copies().get("D:").volume()).isEqualTo(d);
        assertThat(set.warnings()).isEmpty();
        assertThat(vss.left()).isEqualTo("1 objects, 0 steps, 2 snapshots, 0 kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateVssBackupComponents", "InitializeForBackup", "SetContext", "SetBackupState", "GatherWriterMetadata",
        "GatherWriterMetadata.Wait", "GatherWriterMetadata.QueryStatus", "GatherWriterMetadata.Async", "IsVolumeSupported", "StartSnapshotSet",
        "AddToSnapshotSet", "PrepareForBackup", "PrepareForBackup.Async", "GatherWriterStatus", "GatherWriterStatus.Async", "GetWriterStatus",
        "FreeWriterStatus", "DoSnapshotSet", "DoSnapshotSet.Wait", "DoSnapshotSet.QueryStatus", "DoSnapshotSet.Async", "GetSnapshotProperties"})
    void aFailureOfEachCallIsToldAndLeavesNothing(String method) {
        vss.fail(method, VssError.UNEXPECTED);
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class)
                .hasMessageContaining("C:").hasMessageContaining("0x80042302").hasMessageContaining(VssError.UNEXPECTED.words());
        assertThat(vss.left()).isEqualTo(NOTHING);
        boolean started = vss.calls().contains("StartSnapshotSet") && !method.equals("StartSnapshotSet");
        assertThat(vss.calls().contains("AbortBackup")).as("writers are told where a set was begun").isEqualTo(started);
    }

    @Test
    void whatCannotBeAbortedIsReleasedAllTheSame() {
        vss.fail("DoSnapshotSet.Async", VssError.PROVIDER_VETO).fail("AbortBackup", VssError.BAD_STATE);
        Throwable thrown = catchThrowable(this::make);
        assertThat(thrown).isInstanceOf(SnapshotException.class).hasMessageContaining("0x80042306");
        assertThat(thrown.getCause().getSuppressed()[0]).hasMessageContaining("AbortBackup");
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @EnumSource(VssError.class)
    void eachErrorHasWordsAndARemedy(VssError error) {
        vss.fail("DoSnapshotSet.Async", error);
        Throwable thrown = catchThrowable(this::make);
        assertThat(thrown).isInstanceOf(ImagingException.class).hasMessageContaining(error.words())
                .hasMessageContaining(VssError.hex(error.code()));
        assertThat(((ImagingException) thrown).remedy()).contains(error.remedy());
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void anErrorThatIsNotKnownIsToldByItsNumber() {
        vss.fail("DoSnapshotSet", 0x80041234);
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class).hasMessageContaining("DoSnapshotSet failed: error (0x80041234)");
    }

    @Test
    void withoutTheRightsItIsNotPermitted() {
        vss.fail("InitializeForBackup", VssError.ACCESS_DENIED);
        Throwable thrown = catchThrowable(this::make);
        assertThat(thrown).isInstanceOf(NotPermittedException.class);
        assertThat(((NotPermittedException) thrown).remedy().get()).contains("administrator");
    }

    @Test
    void aVolumeThatIsNotSupportedIsNamedAlone() {
        volumes.put("E:", "\\\\?\\Volume{00000000-0000-4000-8000-0000000000ee}\\");
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class).hasMessageContaining("\"E:\"")
                .hasMessageContaining(VssError.VOLUME_NOT_SUPPORTED.words());
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void whileAnotherSetIsInProgressItIsTriedForAMinute() {
        vss.fail("StartSnapshotSet", VssError.SET_IN_PROGRESS);
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class).hasMessageContaining("another program");
        assertThat(vss.millis()).isBetween(60_000L, 75_000L);
        assertThat(vss.calls().stream().filter("StartSnapshotSet"::equals).count()).isBetween(8L, 20L);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void whenTheOtherSetIsDoneThisOneIsMade() throws Exception {
        vss.fail("DoSnapshotSet", VssError.SET_IN_PROGRESS);
        vss.observe(call -> {
            if (vss.millis() > 20_000) {
                vss.mend();
            }
        });
        assertThat(make().copies()).hasSize(2);
        assertThat(vss.left()).isEqualTo("1 objects, 0 steps, 2 snapshots, 0 kept");
    }

    @Test
    void whatMayPassIsTriedThreeTimes() {
        vss.fail("DoSnapshotSet.Async", VssError.FLUSH_WRITES_TIMEOUT);
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class).hasMessageContaining("0x80042313");
        assertThat(vss.calls().stream().filter("DoSnapshotSet"::equals)).hasSize(3);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void aWriterThatFailedBeforeTheFreezeIsAnErrorWithItsName() {
        vss.writers(List.of(FakeVss.WELL, new WriterStatus("SqlServerWriter", 8, VssError.WRITER_NONRETRYABLE.code())));
        Throwable thrown = catchThrowable(this::make);
        assertThat(thrown).isInstanceOf(SnapshotException.class).hasMessageContaining("\"SqlServerWriter\" failed when the snapshot was prepared")
                .hasMessageContaining("0x800423F4").hasMessageNotContaining("Fake Writer");
        assertThat(((SnapshotException) thrown).remedy().get()).contains("vssadmin list writers");
        assertThat(vss.calls()).doesNotContain("DoSnapshotSet").contains("AbortBackup");
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void aWriterThatFailedForAMomentIsAskedAgain() throws Exception {
        WriterStatus busy = new WriterStatus("Busy Writer", 7, VssError.WRITER_RETRYABLE.code());
        vss.writers(List.of(busy));
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class).hasMessageContaining("Busy Writer");
        assertThat(vss.calls().stream().filter("PrepareForBackup"::equals)).hasSize(3);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void aWriterThatFailedAtTheFreezeIsAWarningWithItsName() throws Exception {
        vss.writers(List.of(FakeVss.WELL), List.of(new WriterStatus("Exchange Writer", 9, VssError.WRITER_TIMEOUT.code())));
        assertThat(make().warnings()).singleElement().asString().contains("\"Exchange Writer\" failed when it was frozen")
                .contains("0x800423F2").contains("power failure");
    }

    @Test
    void aStepThatDoesNotEndIsCancelledInTime() {
        vss.steps(3_600_000);
        assertThatThrownBy(this::make).isInstanceOf(SnapshotException.class).hasMessageContaining("GatherWriterMetadata")
                .hasMessageContaining("600 seconds");
        assertThat(vss.calls()).contains("GatherWriterMetadata.Cancel");
        assertThat(vss.millis()).isBetween(600_000L, 611_000L);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void aServiceThatDoesNotWaitIsNotAskedWithoutEnd() throws Exception {
        vss.waitsComeBackAtOnce().steps(10_000);
        make();
        assertThat(vss.calls().stream().filter("GatherWriterMetadata.Wait"::equals).count()).isLessThan(50);
    }

    @Test
    void aJobThatIsCancelledStopsAtEachStep() throws Exception {
        vss.steps(1000);
        make();
        List<String> steps = new ArrayList<>(vss.calls());
        assertThat(steps.size()).isGreaterThan(20);
        for (int at = 0; at < steps.size() - 1; at++) {
            FakeVss each = new FakeVss().on(fakeVolumes).steps(1000);
            AtomicBoolean cancelled = new AtomicBoolean();
            int stop = at;
            each.observe(call -> cancelled.compareAndSet(false, each.calls().size() > stop));
            Throwable thrown = catchThrowable(() -> new SetMaker(each, each, LIMIT).make(volumes, cancelled::get));
            // behind the last wait there is nothing that takes time, so the set is made and released by the job
            if (thrown == null) {
                assertThat(steps.subList(at + 1, steps.size())).as("not cancelled at call " + at).noneMatch(call -> call.endsWith(".Wait"));
            } else {
                assertThat(thrown).as("cancelled at call " + at).isInstanceOf(CancelledException.class);
                assertThat(each.left()).as("cancelled at call " + at + " " + each.calls()).isEqualTo(NOTHING);
            }
        }
    }

    @Test
    void whatTheServiceItselfCancelsIsCancelled() {
        vss.fail("PrepareForBackup.Async", VssError.ASYNC_CANCELLED);
        assertThatThrownBy(this::make).isInstanceOf(CancelledException.class);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void waitingForAnotherSetEndsWhenTheJobIsCancelled() {
        vss.fail("StartSnapshotSet", VssError.SET_IN_PROGRESS);
        assertThatThrownBy(() -> new SetMaker(vss, vss, LIMIT).make(volumes, () -> vss.millis() > 5_000)).isInstanceOf(CancelledException.class);
        assertThat(vss.millis()).isLessThan(6_000);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }
}
