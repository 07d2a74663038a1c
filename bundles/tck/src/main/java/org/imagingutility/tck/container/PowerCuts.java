package org.imagingutility.tck.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.imagingutility.tck.store.MemoryImageFile.Operation;
import org.imagingutility.tck.store.MemoryImageFile.OperationKind;

/**
 * The states in which a power cut can leave a file. Whatever was done before the last force is on stable storage. Of what
 * was done after it, any part may be: each write is torn at the borders of sectors, and any sector of any write is there
 * or not, whatever the order; a truncation is there or not; and the file may be as long as what was written, or shorter,
 * with zeros, garbage or what stood there before in place of what did not arrive. For one thread.
 */
final class PowerCuts {
    /** What is written as a whole or not at all, in bytes. */
    static final int SECTOR = 512;

    private final byte[] base;
    private final List<Operation> operations;
    private final int samples;
    private final Random random;
    /** What was written last at each place, whether it was cut off or not. */
    private byte[] ever;

    /** What is tried with each state. */
    interface Trial {

        /**
         * Tries a state.
         *
         * @param content what the file holds
         * @param forced how many of the operations are on stable storage for certain
         * @param how tells the state from others
         */
        void run(byte[] content, int forced, String how) throws Exception;
    }

    /** Something not forced: the part of a write that lies in one sector, or a truncation if {@code bytes} is null. */
    private record Part(long offset, byte[] bytes) {
        int end() {
            return bytes == null ? 0 : (int) offset + bytes.length;
        }
    }

    /** What stands where nothing arrived, and whether the file is as long as if all had. */
    private enum Rest { SHORT, ZEROS, GARBAGE, BEFORE }

    /**
     * Prepares the states on the way from {@code base}, which is on stable storage, through {@code operations}.
     *
     * @param samples how many states are tried after each operation; all of them if there are no more
     */
    PowerCuts(byte[] base, List<Operation> operations, int samples, long seed) {
        this.base = base.clone();
        this.operations = operations;
        this.samples = samples;
        this.random = new Random(seed);
    }

    /** Tries the states after each number of operations from {@code first} on. */
    void tryAll(int first, Trial trial) throws Exception {
        byte[] durable = base.clone();
        ever = base.clone();
        int forced = 0;
        for (int cut = 0; cut <= operations.size(); cut++) {
            if (cut >= first) {
                tryCut(durable, forced, cut, trial);
            }
            if (cut < operations.size() && operations.get(cut).kind() == OperationKind.FORCE) {
                durable = after(durable, operations.subList(forced, cut));
                forced = cut + 1;
            }
            if (cut < operations.size()) {
                remember(operations.get(cut));
            }
        }
    }

    private void remember(Operation operation) {
        ByteBuffer bytes = operation.bytes().duplicate();
        int end = (int) operation.offset() + bytes.remaining();
        if (operation.kind() == OperationKind.WRITE) {
            ever = end > ever.length ? Arrays.copyOf(ever, end) : ever;
            bytes.get(ever, (int) operation.offset(), bytes.remaining());
        }
    }

    /** Returns what the file holds if all of {@code done} arrived. */
    static byte[] after(byte[] content, List<Operation> done) {
        byte[] state = content.clone();
        for (Operation operation : done) {
            ByteBuffer bytes = operation.bytes().duplicate();
            int end = (int) operation.offset() + bytes.remaining();
            if (operation.kind() == OperationKind.WRITE) {
                state = end > state.length ? Arrays.copyOf(state, end) : state;
                bytes.get(state, (int) operation.offset(), bytes.remaining());
            } else if (operation.kind() == OperationKind.TRUNCATE) {
                state = Arrays.copyOf(state, end);
            }
        }
        return state;
    }

    private void tryCut(byte[] durable, int forced, int cut, Trial trial) throws Exception {
        List<Part> parts = parts(operations.subList(forced, cut));
        String how = "power cut after " + cut + " of " + operations.size() + " operations, " + forced + " forced, ";
        if (parts.size() < Integer.SIZE && (1L << parts.size()) * Rest.values().length <= samples) {
            for (long mask = 0; mask < 1L << parts.size(); mask++) {
                BitSet there = BitSet.valueOf(new long[] {mask});
                for (Rest rest : parts.isEmpty() ? List.of(Rest.SHORT) : List.of(Rest.values())) {
                    trial.run(state(durable, parts, there, rest), forced, how + there + " of " + parts.size() + " parts, " + rest);
                }
            }
            return;
        }
        for (int sample = 0; sample < samples; sample++) {
            BitSet there = selection(parts.size(), sample);
            Rest rest = Rest.values()[random.nextInt(Rest.values().length)];
            trial.run(state(durable, parts, there, rest), forced, how + there + " of " + parts.size() + " parts, " + rest);
        }
    }

    /** Selects what is there: all but a few, a few, or a part of either. */
    private BitSet selection(int count, int sample) {
        BitSet there = new BitSet(count);
        int odds = sample % 3;
        for (int i = 0; i < count; i++) {
            there.set(i, odds == 0 ? random.nextInt(count) > 0 : odds == 1 ? random.nextBoolean() : random.nextInt(count) == 0);
        }
        return there;
    }

    private static List<Part> parts(List<Operation> pending) {
        List<Part> parts = new ArrayList<>();
        for (Operation operation : pending) {
            if (operation.kind() == OperationKind.TRUNCATE) {
                parts.add(new Part(operation.offset(), null));
            } else if (operation.kind() == OperationKind.WRITE) {
                ByteBuffer bytes = operation.bytes().duplicate();
                long offset = operation.offset();
                while (bytes.hasRemaining()) {
                    byte[] part = new byte[(int) Math.min(bytes.remaining(), SECTOR - offset % SECTOR)];
                    bytes.get(part);
                    parts.add(new Part(offset, part));
                    offset += part.length;
                }
            }
        }
        return parts;
    }

    private byte[] state(byte[] durable, List<Part> parts, BitSet there, Rest rest) {
        int most = Math.max(durable.length, parts.stream().mapToInt(Part::end).max().orElse(0));
        byte[] filler = filler(rest, most);
        byte[] state = filler.clone();
        System.arraycopy(durable, 0, state, 0, durable.length);
        int length = durable.length;
        int full = durable.length;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            full = Math.max(full, part.end());
            if (!there.get(i)) {
                continue;
            }
            if (part.bytes() == null) {
                length = Math.min(length, (int) part.offset());
                full = length;
                System.arraycopy(filler, length, state, length, most - length);
            } else {
                System.arraycopy(part.bytes(), 0, state, (int) part.offset(), part.bytes().length);
                length = Math.max(length, part.end());
            }
        }
        return Arrays.copyOf(state, rest == Rest.SHORT ? length : full);
    }

    private byte[] filler(Rest rest, int length) {
        byte[] filler = new byte[length];
        if (rest == Rest.GARBAGE) {
            random.nextBytes(filler);
        } else if (rest == Rest.BEFORE) {
            System.arraycopy(ever, 0, filler, 0, Math.min(length, ever.length));
        }
        return filler;
    }
}
