package org.imagingutility.command.report;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.Resumed;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.text.Json;

/** Results as JSON: every field of the records, lengths in bytes, times in nanoseconds or ISO 8601, digests as hexadecimal digits. */
public final class ResultJson {
    private ResultJson() {
    }

    /** Writes what an image job made. */
    public static void write(Json.Node node, ImageResult result) {
        node.object("image", image -> write(image, result.image()));
        node.put("allocator", result.allocator());
        node.object("fileSystem", fields -> write(fields, result.fileSystem()));
        node.put("bytesRead", result.bytesRead());
        node.put("alreadyComplete", result.alreadyComplete());
        result.resumed().ifPresent(resumed -> node.object("resumed", fields -> write(fields, resumed)));
        ranges(node, "unreadable", result.unreadable());
        node.objects("touchedFiles", result.touchedFiles(), ResultJson::write);
        node.object("linearHashes", hashes -> result.linearHashes().forEach((name, digest) -> hashes.put(name, digest.toHex())));
        result.verified().ifPresent(verified -> node.object("verified", fields -> write(fields, verified)));
        write(node, result.statistics());
    }

    /** Writes what a verification found. */
    public static void write(Json.Node node, VerifyResult result) {
        node.put("intact", result.intact());
        node.put("damageCount", result.damageCount());
        node.objects("damages", result.damages(), ResultJson::write);
        node.objects("touchedFiles", result.touchedFiles(), (file, touched) -> file.put("path", touched.path())
                .put("bytes", touched.bytes()));
        node.put("stoppedAtFirst", result.stoppedAtFirst());
        node.put("framesChecked", result.coverage().framesChecked()).put("frameCount", result.coverage().frameCount());
        node.put("storedBytesChecked", result.coverage().fileBytesChecked());
        node.objects("missChances", result.coverage().missChances(), (chance, miss) -> chance
                .put("damageLength", miss.damageLength()).put("chance", miss.chance()));
        node.put("fromMedium", result.coverage().fromMedium());
        node.put("unreadableBytes", result.image().unreadableBytes());
        DigestFacts.write(node, result.proven(), Optional.empty());
        node.object("image", image -> write(image, result.image()));
        write(node, result.statistics());
    }

    /** Writes what a restore or an export wrote. */
    public static void write(Json.Node node, RestoreResult result) {
        node.put("bytesWritten", result.bytesWritten()).put("bytesGivenBack", result.bytesGivenBack())
                .put("bytesVerified", result.bytesVerified()).put("verifiedOnMedium", result.verifiedOnMedium());
        DigestFacts.write(node, result.proven(), result.wholeSha256());
        node.object("image", image -> write(image, result.image()));
        write(node, result.statistics());
    }

    /** Writes what an image says of itself, and all ranges that could not be read. */
    public static void write(Json.Node node, ImageInfo image, ExtentList unreadable) {
        write(node, image);
        ranges(node, "unreadable", unreadable);
    }

    private static void ranges(Json.Node node, String name, ExtentList ranges) {
        node.objects(name, IntStream.range(0, ranges.count()).boxed().toList(), (range, i) -> range
                .put("offset", ranges.offset(i)).put("length", ranges.length(i)));
    }

    private static void write(Json.Node node, TouchedFile file) {
        node.put("path", file.path()).put("bytes", file.bytes());
    }

    /** Writes what an image says of itself: its digests as it states them, what is proven of them stands beside it. */
    public static void write(Json.Node node, ImageInfo image) {
        ImageSpec spec = image.spec();
        node.put("format", image.formatName()).put("formatVersion", image.formatVersion());
        node.put("created", spec.created().toString());
        node.put("deviceLength", spec.deviceLength()).put("sectorSize", spec.sectorSize());
        node.put("usedOnly", spec.usedOnly()).put("usedBytes", image.usedBytes());
        node.put("leftOutBytes", Math.max(0, spec.deviceLength() - image.usedBytes()));
        node.put("unreadableBytes", image.unreadableBytes());
        node.put("fileLength", image.fileLength());
        node.put("frameSize", spec.frameSize()).put("chunkSize", spec.chunkSize());
        node.put("chunks", spec.plannedChunks()).put("frames", spec.plannedFrames());
        node.put("codec", spec.codecName()).put("codecWireId", spec.codecWireId()).put("level", spec.level());
        node.put("imageDigest", image.digests().image().toHex());
        node.put("contentDigest", image.digests().content().toHex());
        node.put("stockCommand", image.stockCommand());
        facts(node, "metadata", spec.metadata().values());
        facts(node, "statistics", image.statistics().values());
    }

    /** Writes a device and what is on it. */
    public static void write(Json.Node node, DeviceListing listing) {
        node.put("reference", listing.device().reference()).put("provider", listing.provider());
        node.put("kind", listing.device().kind().name().toLowerCase(Locale.ROOT));
        node.put("length", listing.device().length()).put("sectorSize", listing.device().sectorSize());
        node.put("label", listing.device().label()).put("parent", listing.device().parent());
        node.texts("mountPoints", listing.device().mountPoints());
        node.put("readOnly", listing.device().readOnly());
        node.put("disk", listing.number());
        listing.table().ifPresent(kind -> node.put("table", kind.name().toLowerCase(Locale.ROOT)));
        listing.partition().ifPresent(partition -> node.object("partition", fields -> DiskReport.write(fields, partition)));
        listing.fileSystem().ifPresent(fileSystem -> node.object("fileSystem", fields -> write(fields, fileSystem)));
        listing.problem().ifPresent(problem -> node.put("problem", problem));
    }

    /** Writes a plug-in. */
    public static void write(Json.Node node, PluginInfo plugin) {
        node.put("kind", plugin.kind()).put("name", plugin.name()).put("wireId", plugin.wireId());
        node.put("bundle", plugin.bundle()).put("version", plugin.version()).put("state", plugin.state());
        if (plugin.bundleId().isPresent()) {
            node.put("bundleId", plugin.bundleId().getAsLong());
        }
        node.texts("users", plugin.users());
        plugin.unused().ifPresent(reason -> node.put("unused", reason));
    }

    private static void write(Json.Node node, Resumed resumed) {
        node.put("keptChunks", resumed.keptChunks()).put("keptFrames", resumed.keptFrames());
        node.put("keptUsedBytes", resumed.keptUsedBytes()).put("discardedFileBytes", resumed.discardedFileBytes());
        node.put("checkedFrames", resumed.checkedFrames()).put("comparedBytes", resumed.comparedBytes());
    }

    private static void write(Json.Node node, Damage damage) {
        node.put("fileOffset", damage.fileOffset()).put("fileLength", damage.fileLength());
        damage.device().ifPresent(extent -> node.put("deviceOffset", extent.offset()).put("deviceLength", extent.length()));
        node.put("reason", damage.reason());
    }

    /** Writes what an allocator learned of a file system. */
    static void write(Json.Node node, FileSystemInfo info) {
        node.put("name", info.fileSystem()).put("label", info.label()).put("serial", info.serial());
        node.put("clusterSize", info.clusterSize()).put("clusterCount", info.clusterCount());
    }

    /** Writes how a job went. */
    static void write(Json.Node node, JobStatistics statistics) {
        node.put("elapsedNanos", statistics.elapsed().toNanos()).put("framesProcessed", statistics.frames());
        node.put("workers", statistics.workers());
        node.put("bottleneck", statistics.bottleneck().map(stage -> stage.name().toLowerCase(Locale.ROOT)));
        node.put("bottleneckShare", statistics.bottleneckShare());
    }

    private static void facts(Json.Node node, String name, SortedMap<String, Object> facts) {
        node.object(name, fields -> facts.forEach(fields::putValue));
    }
}
