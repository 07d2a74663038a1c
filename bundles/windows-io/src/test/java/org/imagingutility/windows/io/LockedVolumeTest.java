package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.windows.io.FakeWindows.FakeDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockedVolumeTest {
    private static final int LOCK = ControlCode.FSCTL_LOCK_VOLUME.value();
    private static final int DISMOUNT = ControlCode.FSCTL_DISMOUNT_VOLUME.value();
    private final FakeWindows windows = new FakeWindows();
    private final FakeDevice volume = new FakeDevice();

    @BeforeEach
    void mount() {
        windows.devices.put("\\\\.\\S:", volume);
        volume.answers.put(LOCK, new byte[0]);
        volume.answers.put(DISMOUNT, new byte[0]);
    }

    private LockedVolume take() throws Exception {
        return LockedVolume.take(windows.kernel(), "S:", "\\\\.\\S:", "the volume", 0);
    }

    @Test
    void isLockedThenDismountedAndGivenBackByItsEnd() throws Exception {
        try (LockedVolume locked = take()) {
            assertThat(volume.asked).containsExactly(LOCK, DISMOUNT);
            assertThat(locked.handle()).isNotNull();
            assertThat(windows.closed.get()).isZero();
        }
        assertThat(windows.closed.get()).isEqualTo(windows.made.get());
    }

    @Test
    void oneThatIsInUseIsTriedSeveralTimesAndThenRefusedWithNothingLeftOpen() {
        volume.errors.put(LOCK, ErrorCode.ACCESS_DENIED);
        assertThatThrownBy(this::take).isInstanceOf(TargetException.class).hasMessageContaining("in use");
        assertThat(Collections.frequency(volume.asked, LOCK)).isEqualTo(LockedVolume.TRIES);
        assertThat(volume.asked).doesNotContain(DISMOUNT);
        assertThat(windows.closed.get()).isEqualTo(windows.made.get());
    }

    @Test
    void oneWithoutAFileSystemNeedsNoDismount() throws Exception {
        volume.errors.put(DISMOUNT, ErrorCode.INVALID_FUNCTION);
        take().close();
        volume.errors.put(DISMOUNT, ErrorCode.IO_DEVICE);
        assertThatThrownBy(this::take).isInstanceOf(TargetException.class).hasMessageContaining("cannot be dismounted");
    }

    @Test
    void withoutTheRightsToOpenItThatIsSaid() {
        volume.openError = ErrorCode.ACCESS_DENIED;
        assertThatThrownBy(this::take).isInstanceOf(NotPermittedException.class);
    }
}
