package org.imagingutility.api.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.Test;

class ExtentPassTest {

    /** Finds one extent, fails in the second step, and would find more. */
    private static final class Failing extends ExtentPass {
        private int step;

        @Override
        protected boolean advance() throws ImagingException {
            if (step++ == 1) {
                throw new FileSystemException("disk.raw", 7, "the bitmap ends", "image all blocks");
            }
            return found(end() + 10, end() + 30);
        }
    }

    @Test
    void aPassThatFailedCannotBeTakenForACompleteOne() throws ImagingException {
        Failing pass = new Failing();
        assertThat(pass.next()).isTrue();
        assertThat(pass.offset()).isEqualTo(10);
        assertThat(pass.length()).isEqualTo(20);
        assertThatThrownBy(pass::next).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(pass::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("failed before");
    }

    @Test
    void aClosedPassGivesNothing() {
        Failing pass = new Failing();
        pass.close();
        assertThatThrownBy(pass::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void aWholeDeviceIsOneExtentAndAnEmptyOneNone() throws ImagingException {
        WholeDevicePass pass = new WholeDevicePass(513);
        assertThat(pass.next()).isTrue();
        assertThat(pass.offset()).isZero();
        assertThat(pass.length()).isEqualTo(513);
        assertThat(pass.next()).isFalse();
        assertThat(pass.next()).isFalse();
        assertThat(new WholeDevicePass(0).next()).isFalse();
    }
}
