package org.imagingutility.command.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.shell.Completion;
import org.imagingutility.command.report.JobReports;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What an option or parameter can be: what its specification lists, else what its label stands for in every command. */
final class Values {
    private static final Set<String> DEVICES = Set.of("DEVICE", "TARGET", "BEFORE", "AFTER");
    private static final Set<String> FILES = Set.of("FILE", "NEW", "DIR", "PATH", "IMAGE", "DEVICE", "TARGET", "REPOSITORY", "BEFORE", "AFTER");
    private static final String IMAGE_OPTION = "--in";
    private final ImagingService service;
    private final JobService jobs;

    /** Creates the values of these services; {@code jobs} is null if there is no job service. */
    Values(ImagingService service, JobService jobs) {
        this.service = service;
        this.jobs = jobs;
    }

    /** Returns what {@code typed} can become as a value of {@code argument}. */
    List<Completion> of(ArgSpec argument, String typed) {
        if (argument.completionCandidates() != null) {
            return listed(argument, typed);
        }
        String label = argument.paramLabel();
        if (label.contains("|")) {
            return List.of(label.split("\\|")).stream().map(value -> new Completion(value, "", true)).toList();
        }
        boolean option = argument instanceof OptionSpec;
        if (option && List.of(((OptionSpec) argument).names()).contains("--codec")) {
            return plugins("codec");
        }
        if (label.equals("PROTOCOL")) {
            List<Completion> servers = new ArrayList<>(plugins("block server"));
            servers.addAll(plugins("file server"));
            return servers;
        }
        List<Completion> values = new ArrayList<>();
        if (DEVICES.contains(label)) {
            values.addAll(devices(typed));
        }
        if (FILES.contains(label)) {
            boolean image = option && List.of(((OptionSpec) argument).names()).contains(IMAGE_OPTION);
            values.addAll(image ? FileNames.ofImages(typed) : FileNames.of(typed));
        }
        if (label.equals("ID") && jobs != null) {
            for (JobStatus job : jobs.jobs()) {
                values.add(new Completion(job.id(), JobReports.what(job.request()) + ", " + job.state(), true));
            }
        }
        return values;
    }

    /** Returns the values that the specification lists; with commas between, the last one is completed. */
    private static List<Completion> listed(ArgSpec argument, String typed) {
        String before = argument.splitRegex().equals(",") ? typed.substring(0, typed.lastIndexOf(',') + 1) : "";
        List<Completion> values = new ArrayList<>();
        for (String value : argument.completionCandidates()) {
            values.add(new Completion(before + value.toLowerCase(java.util.Locale.ROOT), "", before.isEmpty()));
        }
        return values;
    }

    private List<Completion> plugins(String kind) {
        return service.plugins().stream().filter(plugin -> plugin.kind().equals(kind))
                .map(plugin -> new Completion(plugin.name(), describe(plugin), true)).toList();
    }

    private static String describe(PluginInfo plugin) {
        return plugin.bundle() + " " + plugin.version();
    }

    /** Returns the devices of the machine, or the partitions of the disk before a {@code #}. */
    private List<Completion> devices(String typed) {
        List<Completion> devices = new ArrayList<>();
        try {
            int partition = typed.lastIndexOf('#');
            if (partition > 0) {
                for (DiskListing.Content content : service.disk(typed.substring(0, partition)).partitions()) {
                    devices.add(new Completion(content.reference(), content.fileSystem().map(found -> found.fileSystem()).orElse(""),
                            true));
                }
            } else {
                for (DeviceListing listing : service.devices()) {
                    devices.add(new Completion(listing.device().reference(),
                            listing.fileSystem().map(found -> (found.fileSystem() + " " + found.label()).strip())
                                    .orElse(listing.device().label()), true));
                }
            }
        } catch (ImagingException e) {
            // what cannot be listed is not completed; the command itself says why
            System.getLogger(Values.class.getName()).log(System.Logger.Level.DEBUG, "no devices to complete", e);
        }
        return devices;
    }
}
