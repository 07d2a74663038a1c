package org.imagingutility.command.report;

import java.util.Locale;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.command.text.Json;

/** What jobs on backup sets did, as JSON. The manifest itself says more of a set. */
public final class SetJson {
    private SetJson() {
    }

    /** Writes the result of a backup. */
    public static void write(Json.Node node, BackupResult result) {
        node.put("manifest", result.manifestFile()).put("alreadyComplete", result.alreadyComplete());
        node.put("setDigest", result.setDigest().map(Digest::toHex));
        node.put("bytesRead", result.bytesRead()).put("bytesStored", result.bytesStored());
        node.put("unreadableBytes", result.manifest().unreadableBytes());
        node.put("elapsedMillis", result.elapsed().toMillis());
        disk(node, result.manifest());
        leftOut(node, result.manifest());
        node.objects("partitions", result.manifest().partitions(), (fields, partition) -> {
            fields.put("index", partition.index()).put("offset", partition.offset()).put("length", partition.length());
            fields.put("fileSystem", partition.fileSystem()).put("label", partition.label());
            fields.put("file", partition.artefact().map(SetArtefact::file));
            fields.put("usedBytes", partition.artefact().map(artefact -> artefact.usedBytes().orElse(partition.length())).orElse(0L));
            fields.put("unreadableBytes", partition.artefact().map(SetArtefact::unreadableBytes).orElse(0L));
        });
        node.objects("parts", result.parts(), (fields, part) -> {
            fields.put("index", part.index()).put("kept", part.kept()).put("bytesRead", part.bytesRead());
            part.resumed().ifPresent(resumed -> fields.put("keptUsedBytes", resumed.keptUsedBytes()));
            fields.objects("touchedFiles", part.touchedFiles(), (file, touched) -> file.put("path", touched.path())
                    .put("bytes", touched.bytes()));
        });
        result.verified().ifPresent(verified -> node.object("verified", fields -> write(fields, verified)));
    }

    private static void disk(Json.Node node, BackupManifest manifest) {
        node.object("disk", disk -> disk.put("length", manifest.disk().length()).put("sectorSize", manifest.disk().sectorSize())
                .put("table", manifest.disk().tableKind()).put("guid", manifest.disk().guid())
                .put("signature", manifest.disk().signature()));
    }

    /** Writes what of the disk, outside its partitions, the set does not hold. */
    private static void leftOut(Json.Node node, BackupManifest manifest) {
        node.put("leftOutBytes", manifest.leftOutBytes());
        node.objects("leftOut", manifest.leftOut(), (fields, left) -> fields.put("offset", left.offset())
                .put("length", left.length()).put("content", left.content().name().toLowerCase(Locale.ROOT))
                .put("reason", left.reason()));
    }

    /** Writes what a verification found. */
    public static void write(Json.Node node, VerifySetResult result) {
        node.put("intact", result.intact()).put("unproven", result.unproven());
        node.put("setDigest", result.setDigest().map(Digest::toHex));
        node.put("manifestVersion", result.manifest().version());
        disk(node, result.manifest());
        leftOut(node, result.manifest());
        node.objects("items", result.items(), (fields, item) -> {
            fields.put("file", item.file()).put("content", item.content());
            fields.put("verdict", item.verdict().name().toLowerCase(Locale.ROOT)).put("detail", item.detail());
            item.image().ifPresent(image -> fields.object("image", verified -> ResultJson.write(verified, image)));
        });
        node.texts("notes", result.notes());
        node.put("elapsedMillis", result.elapsed().toMillis());
    }

    /** Writes what a restore wrote. */
    public static void write(Json.Node node, RestoreSetResult result) {
        node.put("target", result.target().reference()).put("targetLength", result.target().length());
        node.put("wholeDisk", result.wholeDisk());
        node.texts("partitions", result.partitions().stream().map(String::valueOf).toList());
        node.put("bytesWritten", result.bytesWritten()).put("bytesGivenBack", result.bytesGivenBack());
        node.put("bytesVerified", result.bytesVerified());
        node.put("verifiedOnMedium", result.verifiedOnMedium());
        node.put("setDigest", result.setDigest().map(Digest::toHex));
        node.texts("unproven", result.unproven());
        node.put("elapsedMillis", result.elapsed().toMillis());
        disk(node, result.manifest());
    }
}
