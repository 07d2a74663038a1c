package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.util.UUID;

/**
 * A {@code GUID} as an argument by value: the callee gets the address of a copy on x64, two registers on ARM64, as JNA does by the type.
 * In memory its first three fields have the byte order of the machine, unlike those of a {@link UUID}.
 */
@FieldOrder({"data1", "data2", "data3", "data4"})
public final class Guid extends Structure implements Structure.ByValue {
    /** Bytes of a GUID in memory. */
    static final int SIZE = 16;
    /** Bits 63 to 32 of a UUID's first half. */
    public int data1;
    /** Bits 31 to 16. */
    public short data2;
    /** Bits 15 to 0. */
    public short data3;
    /** The second half, the highest byte first. */
    public byte[] data4 = new byte[Long.BYTES];

    /** Creates {@code GUID_NULL}. */
    public Guid() {
        // all fields are zero
    }

    /** Creates the one of a UUID. */
    Guid(UUID id) {
        long high = id.getMostSignificantBits();
        data1 = (int) (high >>> 32);
        data2 = (short) (high >>> 16);
        data3 = (short) high;
        for (int i = 0; i < data4.length; i++) {
            data4[i] = (byte) (id.getLeastSignificantBits() >>> 8 * (data4.length - 1 - i));
        }
    }

    /** Reads one from memory. */
    static UUID read(Pointer memory, long offset) {
        long high = (long) memory.getInt(offset) << 32 | (memory.getShort(offset + 4) & 0xFFFFL) << 16 | memory.getShort(offset + 6) & 0xFFFFL;
        long low = 0;
        for (byte b : memory.getByteArray(offset + 8, Long.BYTES)) {
            low = low << 8 | b & 0xFF;
        }
        return new UUID(high, low);
    }

    /** Returns memory for one. */
    static Memory memory() {
        Memory memory = new Memory(SIZE);
        memory.clear();
        return memory;
    }
}
