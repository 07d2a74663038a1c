package org.imagingutility.command.report;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.command.text.Json;

/** What a repair found and did, as JSON: every field of the record, lengths in bytes. */
public final class RepairJson {
    private RepairJson() {
    }

    /** Writes the result. */
    public static void write(Json.Node node, RepairResult result) {
        node.put("intact", result.intact()).put("finished", result.finished());
        node.put("deviceLength", result.spec().deviceLength()).put("fileLength", result.fileLength());
        node.put("damageCount", result.damageCount());
        node.objects("damages", result.damages(), RepairJson::write);
        node.put("lostBytes", result.lost().totalLength());
        node.objects("lost", extents(result.lost()),
                (range, extent) -> range.put("deviceOffset", extent.offset()).put("deviceLength", extent.length()));
        node.objects("touchedFiles", result.touchedFiles(),
                (fields, file) -> fields.put("path", file.path()).put("bytes", file.bytes()));
        node.put("framesKept", result.framesKept()).put("framesLost", result.framesLost());
        node.put("inPlaceObstacle", result.obstacle());
        node.put("rewrittenCount", result.rewrittenCount());
        node.objects("rewritten", result.rewritten(), RepairJson::write);
        node.put("damagesLeft", result.damagesLeft());
        result.written().ifPresent(image -> node.object("written", fields -> ResultJson.write(fields, image)));
        node.put("elapsedNanos", result.statistics().elapsed().toNanos());
    }

    private static List<Extent> extents(ExtentList list) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < list.count(); i++) {
            extents.add(new Extent(list.offset(i), list.length(i)));
        }
        return extents;
    }

    private static void write(Json.Node node, Damage damage) {
        node.put("fileOffset", damage.fileOffset()).put("fileLength", damage.fileLength());
        damage.device().ifPresent(extent -> node.put("deviceOffset", extent.offset()).put("deviceLength", extent.length()));
        node.put("reason", damage.reason());
    }
}
