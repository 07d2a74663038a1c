package org.imagingutility.device.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.device.file.linux.BlockDevices;
import org.imagingutility.device.file.linux.MountTable;
import org.imagingutility.device.file.linux.UsageCheck;
import org.imagingutility.device.file.source.SourceOpener;
import org.imagingutility.device.file.target.TargetOpener;
import org.imagingutility.file.io.system.OperatingSystem;
import org.osgi.service.component.annotations.Component;

/** Opens raw image files everywhere and block devices on Linux. Used by several threads at once. */
@Component
public final class FileDeviceProvider implements DeviceProvider {
    private static final String NAME = "file";
    /** {@code s3://...}; a single letter is a Windows drive. */
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*", Pattern.DOTALL);
    /** {@code \\.\PhysicalDrive0}, {@code \\?\Volume{...}}, {@code C:}: devices of Windows. {@code \\?\C:\x} is a file. */
    private static final Pattern WINDOWS_DEVICE = Pattern.compile("[\\\\/]{2}[.?][\\\\/].*|[A-Za-z]:[\\\\/]?",
            Pattern.DOTALL);

    private final BlockDevices blockDevices;
    private final SourceOpener sources;
    private final TargetOpener targets;

    /** Creates the provider for the running system. Folders of these names on another system than Linux tell nothing. */
    public FileDeviceProvider() {
        this(OperatingSystem.isLinux() ? Optional.of(Path.of("/")) : Optional.empty());
    }

    /** Creates the provider for a system whose {@code sys} and {@code proc} are found below {@code root}; empty if it has none. */
    FileDeviceProvider(Optional<Path> root) {
        MountTable mounts = new MountTable(root.map(folder -> folder.resolve("proc")));
        blockDevices = new BlockDevices(root.map(folder -> folder.resolve("sys")), mounts);
        UsageCheck usage = new UsageCheck(blockDevices, mounts);
        sources = new SourceOpener(blockDevices, usage);
        targets = new TargetOpener(blockDevices, usage);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<DeviceInfo> list() throws ImagingException {
        return blockDevices.list();
    }

    @Override
    public boolean accepts(String reference) {
        return !reference.isEmpty() && !URI.matcher(reference).matches()
                && (!WINDOWS_DEVICE.matcher(reference).matches() || FilePaths.isVerbatim(reference));
    }

    /** {@inheritDoc} Any that could be a path, so that those who know a form of their own are asked first. */
    @Override
    public boolean acceptsAny() {
        return true;
    }

    @Override
    public Device open(String reference) throws ImagingException {
        return sources.open(reference);
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
        return targets.open(reference, options);
    }

    @Override
    public WritableDevice reopenTarget(String reference, TargetOptions options, String parked) throws ImagingException {
        return targets.reopen(reference, options, parked);
    }
}
