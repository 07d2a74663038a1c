package org.imagingutility.tck.serve;

import org.imagingutility.api.serve.ServeEvents;

/** Listens to nothing. */
final class Unheard implements ServeEvents {
    @Override
    public void notice(String line) {
        // the contract goes by what clients see
    }

    @Override
    public void log(String line) {
        // the contract goes by what clients see
    }
}
