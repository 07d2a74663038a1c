package org.imagingutility.file.io.system;

/** An error of which the operating system told the number. An {@link java.io.IOException} implements it. */
public interface CodedError {
    /** Returns {@code errno} of POSIX systems, or what {@code GetLastError} of Windows answered. */
    int code();
}
