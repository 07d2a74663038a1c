package org.imagingutility.engine.repair;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.engine.frames.RecordedHashes;
import org.imagingutility.engine.read.OmittedRanges;
import org.imagingutility.engine.write.Timestamps;

/** What an image says of itself that was made of what is left of another one. */
final class RepairedFacts {
    private RepairedFacts() {
    }

    /**
     * Returns the facts of the new image: those of the old one, without what is not true of it any more. Hashes that nothing
     * here has proven are marked as of there.
     *
     * @param proven names of the recorded hashes that the frames bear out
     * @param lost ranges of the device that are lost, in bytes
     * @param leftOut those of them that the new image does not record
     */
    static Metadata of(SalvagedImage image, List<String> proven, ExtentList lost, ExtentList leftOut) throws UsageException {
        boolean complete = lost.count() == 0;
        Map<String, Object> facts = new TreeMap<>();
        image.statistics().ifPresent(known -> known.values().forEach((name, value) -> {
            if (!name.startsWith(RecordedHashes.PREFIX) || proven.contains(name)) {
                facts.put(name, value);
            } else if (complete) {
                facts.put("origin." + name, value);
            }
        }));
        if (image.statistics().isPresent() && complete) {
            return Metadata.of(facts);
        }
        facts.remove("usedBytes");
        facts.put("repaired", Timestamps.now().toString());
        facts.put("repaired.finished", image.finished());
        facts.put("repaired.lostBytes", lost.totalLength());
        if (leftOut.count() > 0) {
            facts.put(OmittedRanges.FACT, leftOut.totalLength());
        }
        return Metadata.of(facts);
    }
}
