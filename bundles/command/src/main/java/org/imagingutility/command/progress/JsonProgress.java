package org.imagingutility.command.progress;

import java.util.function.LongSupplier;
import org.imagingutility.api.job.Progress;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;

/** One JSON object a line, at most about four a second: for programs. */
public final class JsonProgress implements ProgressView {
    private final Json json;
    private final Pace pace;

    /** Creates a view that writes to {@code json}; {@code nanoClock} counts nanoseconds. */
    public JsonProgress(Json json, LongSupplier nanoClock) {
        this.json = json;
        this.pace = new Pace(nanoClock, 250_000_000L);
    }

    @Override
    public void show(Progress progress) {
        if (pace.passes(progress)) {
            json.line("progress", node -> node.put("activity", progress.activity()).put("subject", progress.subject())
                    .put("doneBytes", progress.doneBytes()).put("totalBytes", progress.totalBytes())
                    .put("earlierBytes", progress.earlierBytes())
                    .put("elapsedNanos", progress.elapsedNanos())
                    .put("bytesPerSecond", ByteSizes.rate(ProgressText.doneNow(progress), progress.elapsedNanos()))
                    .put("secondsLeft", ProgressText.secondsLeft(progress)));
        }
    }

    @Override
    public void notice(String line) {
        json.line("notice", node -> node.put("message", line));
    }

    @Override
    public void close() {
        // every line was flushed when it was written
    }
}
