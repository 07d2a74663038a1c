package org.imagingutility.command.inspect;

import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.ListReports;
import org.imagingutility.command.report.ResultJson;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code imaging plugins}. */
@Command(name = "plugins", sortOptions = false, customSynopsis = "imaging plugins [options]",
        description = {"Lists the plug-ins, each with its bundle, and bundles that are for another system or were refused.", "Plug-ins are device providers, allocators, codecs, container formats, image stores "
                + "and readers of partition tables."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class PluginsCommand implements Callable<Integer> {
    private final RefusedBundles refused;

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    public PluginsCommand(RefusedBundles refused) {
        this.refused = refused;
    }

    @Override
    public Integer call() {
        List<PluginInfo> plugins = imaging.directService().plugins();
        if (json) {
            new Json(imaging.console().out()).object(node -> {
                node.objects("plugins", plugins, ResultJson::write);
                if (!OtherSystems.forWindows().isEmpty()) {
                    node.objects("otherSystems", OtherSystems.forWindows(), OtherSystems.Bundle::write);
                }
                if (!refused.isEmpty()) {
                    node.objects("refused", refused.list(), RefusedBundles.Bundle::write);
                }
            });
        } else {
            ListReports.printPlugins(imaging.console().out(), plugins);
            OtherSystems.print(imaging.console().out());
            refused.print(imaging.console().out());
        }
        return ExitCodes.DONE;
    }
}
