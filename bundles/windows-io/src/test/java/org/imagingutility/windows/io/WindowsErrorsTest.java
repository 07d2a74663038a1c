package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsErrorsTest {
    private final Kernel32 kernel = new FakeWindows().kernel();

    @ParameterizedTest
    @CsvSource({"1,OTHER", "2,NOT_FOUND", "3,NOT_FOUND", "5,NOT_PERMITTED", "19,WRITE_PROTECTED", "21,NO_MEDIUM", "23,UNREADABLE",
        "27,UNREADABLE", "32,IN_USE", "33,IN_USE", "55,GONE", "87,OTHER", "112,FULL", "121,PASSING", "170,IN_USE", "234,OTHER",
        "433,GONE", "483,UNREADABLE", "740,NOT_PERMITTED", "995,CANCELLED", "1112,NO_MEDIUM", "1117,UNREADABLE", "1167,GONE",
        "1314,NOT_PERMITTED", "1392,UNREADABLE", "-2147024891,NOT_PERMITTED", "-2144272384,ENCRYPTED", "-2144272321,ENCRYPTED"})
    void eachCodeHasItsKind(int code, ErrorKind kind) {
        assertThat(ErrorKind.of(code)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"5,true,false", "740,true,false", "1314,true,false", "23,false,false", "1117,false,false", "483,false,false",
        "1167,false,true", "55,false,true", "21,false,true", "-2144272384,false,true", "87,false,false", "995,false,false"})
    void aReadThatFailsIsRefusedOrOfAPlaceOrOfTheWholeDevice(int code, boolean refused, boolean changed) {
        ImagingException error = WindowsErrors.reading("C:", 512, WindowsException.of(kernel, code, "ReadFile"));
        if (refused) {
            assertThat(error).isInstanceOf(NotPermittedException.class);
            assertThat(error.remedy()).get().asString().contains("administrator");
        } else {
            assertThat(error).isInstanceOf(DeviceException.class).hasMessageContaining("at byte 512");
            assertThat(((DeviceException) error).isDeviceChanged()).isEqualTo(changed);
        }
    }

    @ParameterizedTest
    @CsvSource({"19,false", "112,false", "1117,false", "1167,true", "121,true", "55,true"})
    void aWriteThatFailsMayPassOrNot(int code, boolean mayPass) {
        TargetException error = WindowsErrors.writing("D:", 4096, WindowsException.of(kernel, code, "WriteFile"));
        assertThat(error.mayPass()).isEqualTo(mayPass);
        assertThat(error).hasMessageContaining("at byte 4096").hasMessageContaining("error " + code);
    }

    @ParameterizedTest
    @CsvSource({"2,no such device", "21,no medium", "-2144272384,BitLocker", "32,in use", "1005,cannot be opened"})
    void whatCannotBeOpenedSaysWhyInWords(int code, String words) {
        assertThat(WindowsErrors.opening("E:", WindowsException.of(kernel, code, "CreateFileW"))).isInstanceOf(DeviceException.class)
                .hasMessageContaining(words);
    }
}
