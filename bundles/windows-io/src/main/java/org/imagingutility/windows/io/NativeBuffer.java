package org.imagingutility.windows.io;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory for structures and texts that functions of Windows read and fill. It lasts as long as it is reachable: who passes its
 * address calls {@link #keep()} after the call. For one thread.
 */
public final class NativeBuffer {
    private final ByteBuffer bytes;
    private final long address;

    private NativeBuffer(ByteBuffer bytes, long address) {
        this.bytes = bytes;
        this.address = address;
    }

    /** Makes zeroed memory of {@code size} bytes. */
    public static NativeBuffer of(Kernel32 kernel, int size) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        return new NativeBuffer(bytes, kernel.address(bytes));
    }

    /** Makes memory for a text of at most {@code characters}, the 0 included. */
    public static NativeBuffer ofText(Kernel32 kernel, int characters) {
        return of(kernel, Math.multiplyExact(characters, Character.BYTES));
    }

    /** Returns its content, little-endian; the position is 0 and the limit the size unless the caller changes them. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Returns where it begins. */
    public long address() {
        return address;
    }

    /** Returns its size in bytes. */
    public int size() {
        return bytes.capacity();
    }

    /** Returns the size in characters of UTF-16. */
    public int characters() {
        return bytes.capacity() / Character.BYTES;
    }

    /** Returns the text that it begins with. */
    public String text() {
        return WideText.text(bytes);
    }

    /** Keeps the memory until here. */
    public void keep() {
        Reference.reachabilityFence(bytes);
    }
}
