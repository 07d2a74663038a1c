package org.imagingutility.command.console;

/** A process with a job that ends when it is asked to ({@code polite}) or never does ({@code deaf}). */
final class Interruptible {
    private Interruptible() {
    }

    public static void main(String[] args) throws InterruptedException {
        try (Cancellation cancellation = new Cancellation(System.err, true)) {
            System.out.println("ready");
            while (!cancellation.asked()) {
                Thread.sleep(10);
            }
            if (args[0].equals("deaf")) {
                Thread.sleep(Long.MAX_VALUE);
            }
        }
        Runtime.getRuntime().halt(ExitCodes.CANCELLED);
    }
}
