package org.imagingutility.engine.files.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;

/**
 * The entries of a directory, sorted by the characters of their names. Of a directory that is too large to be held, the first ones are held that
 * are still to come, and it is gone through again for those that follow. For one thread.
 */
final class SortedDirectory implements AutoCloseable {
    private static final Comparator<Item> ORDER = Comparator.comparing((Item item) -> item.entry.name().text()).thenComparingLong(Item::place);

    private final FileTree tree;
    private final FileNode directory;
    private final EntryBudget budget;
    private final Failures failures;
    private final Deque<Item> held = new ArrayDeque<>();
    private int heldCount;
    private Item last;
    private boolean more = true;
    private boolean gone;

    /** An entry and its place in the directory, so that two of the same name have an order. */
    private record Item(DirectoryEntry entry, long place) {
    }

    /** Is told what of the directory cannot be read, once. */
    interface Failures {
        void failed(ImagingException error) throws ImagingException;
    }

    SortedDirectory(FileTree tree, FileNode directory, EntryBudget budget, Failures failures) {
        this.tree = tree;
        this.directory = directory;
        this.budget = budget;
        this.failures = failures;
    }

    /** Returns the next entry without taking it; null at the end. */
    DirectoryEntry peek() throws ImagingException {
        if (held.isEmpty() && more) {
            fill();
        }
        return held.isEmpty() ? null : held.peek().entry;
    }

    /** Takes the next entry. */
    DirectoryEntry take() throws ImagingException {
        DirectoryEntry entry = peek();
        last = held.pop();
        return entry;
    }

    private void fill() throws ImagingException {
        release();
        int most = budget.share();
        more = false;
        PriorityQueue<Item> first = new PriorityQueue<>(ORDER.reversed());
        try (DirectoryCursor cursor = tree.list(directory)) {
            for (long place = 0; next(cursor); place++) {
                Item item = new Item(cursor.entry(), place);
                if (last == null || ORDER.compare(item, last) > 0) {
                    first.add(item);
                    if (first.size() > most) {
                        first.poll();
                        more = true;
                    }
                }
            }
        } catch (FileSystemException | DeviceException e) {
            fail(e);
        }
        gone = true;
        List<Item> sorted = new ArrayList<>(first);
        sorted.sort(ORDER);
        held.addAll(sorted);
        heldCount = held.size();
        budget.held(heldCount);
    }

    private boolean next(DirectoryCursor cursor) throws ImagingException {
        while (true) {
            try {
                return cursor.next();
            } catch (FileSystemException | DeviceException e) {
                fail(e);
            }
        }
    }

    private void fail(ImagingException error) throws ImagingException {
        if (!gone) {
            failures.failed(error);
        }
    }

    private void release() {
        budget.held(-heldCount);
        heldCount = 0;
    }

    @Override
    public void close() {
        release();
        held.clear();
        more = false;
    }
}
