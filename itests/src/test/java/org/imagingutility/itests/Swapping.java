package org.imagingutility.itests;

import static org.junit.Assert.assertTrue;

import org.imagingutility.itests.BundleSwaps.Way;

/** Replaces a bundle in another thread when the job has asked so often whether to stop, and holds the job up until then. */
final class Swapping extends Noting {
    private final int when;
    private final Thread thread;
    private volatile Throwable failure;
    private int asked;

    Swapping(BundleSwaps swaps, String bundle, Way way, int when) {
        this.when = when;
        this.thread = new Thread(() -> {
            try {
                swaps.swap(bundle, way);
            } catch (Exception | Error e) {
                failure = e;
            }
        }, "swap");
    }

    @Override
    public boolean cancelled() {
        if (++asked == when) {
            thread.start();
        }
        if (asked >= when && thread.isAlive()) {
            pause();
        }
        return false;
    }

    private void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Checks that the bundle was replaced and the job continued; says whether it waited for {@code waitsFor} meanwhile. */
    boolean check(String what, String waitsFor, String job) throws Exception {
        thread.join(60_000);
        String all = what + " during " + job + ": " + states() + notices();
        if (failure != null) {
            throw new AssertionError(all, failure);
        }
        assertTrue(all, asked >= when && !thread.isAlive());
        assertTrue(all, states().isEmpty() || states().get(states().size() - 1).equals("RUNNING"));
        return waitsFor != null && states().contains("WAITING " + waitsFor);
    }
}
