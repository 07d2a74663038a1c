package org.imagingutility.command.export;

import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging export-range}. */
@Command(name = "export-range", sortOptions = false, customSynopsis = "imaging export-range --in=FILE --out=FILE --offset=SIZE [options]",
        description = {"Writes a range of the device of an image to a raw file.", "What was not in use becomes zeros."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ExportRangeCommand implements Callable<Integer>, DetachableCommand {
    @ParentCommand
    private ImagingCommand imaging;

    @Mixin
    private RawExport job = new RawExport();

    @Option(names = "--offset", order = 10, paramLabel = "SIZE", defaultValue = "0", converter = SizeConverter.class,
            description = "First byte of device. Default: ${DEFAULT-VALUE}.")
    private long offset;

    @Option(names = "--length", order = 11, paramLabel = "SIZE", converter = SizeConverter.class,
            description = "Bytes of device. Default: all up to the end of the device.")
    private Long length;

    @Override
    public Integer call() throws ImagingException {
        return job.run(imaging, offset, length == null ? -1 : length);
    }
}
