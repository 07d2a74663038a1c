package org.imagingutility.windows.io;

/** Where kernel32 comes from, when it is first asked for. */
@FunctionalInterface
public interface KernelSource {

    /**
     * Returns it, always the same.
     *
     * @throws WindowsException if it cannot be had
     */
    Kernel32 kernel() throws WindowsException;
}
