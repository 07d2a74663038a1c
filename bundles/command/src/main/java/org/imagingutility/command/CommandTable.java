package org.imagingutility.command;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.command.backup.BackupDiskCommand;
import org.imagingutility.command.backup.ImageCommand;
import org.imagingutility.command.demo.DemoCommand;
import org.imagingutility.command.export.ConvertCommand;
import org.imagingutility.command.export.ExportDiskCommand;
import org.imagingutility.command.export.ExportQcow2Command;
import org.imagingutility.command.export.ExportRangeCommand;
import org.imagingutility.command.export.ExportRawCommand;
import org.imagingutility.command.export.ExportVhdCommand;
import org.imagingutility.command.export.ExportVhdxCommand;
import org.imagingutility.command.files.CatCommand;
import org.imagingutility.command.files.DiffCommand;
import org.imagingutility.command.files.ExtractCommand;
import org.imagingutility.command.files.FindCommand;
import org.imagingutility.command.files.LsCommand;
import org.imagingutility.command.files.StatCommand;
import org.imagingutility.command.inspect.DumpPtCommand;
import org.imagingutility.command.inspect.InfoCommand;
import org.imagingutility.command.inspect.ListCommand;
import org.imagingutility.command.inspect.PluginsCommand;
import org.imagingutility.command.inspect.RefusedBundles;
import org.imagingutility.command.integrity.RepairCommand;
import org.imagingutility.command.integrity.VerifyCommand;
import org.imagingutility.command.integrity.VerifySetCommand;
import org.imagingutility.command.jobs.CancelCommand;
import org.imagingutility.command.jobs.ForgetCommand;
import org.imagingutility.command.jobs.JobDetailsCommand;
import org.imagingutility.command.jobs.JobsCommand;
import org.imagingutility.command.jobs.ParallelCommand;
import org.imagingutility.command.jobs.PauseCommand;
import org.imagingutility.command.jobs.ResumeCommand;
import org.imagingutility.command.jobs.ResumeInForegroundCommand;
import org.imagingutility.command.jobs.WatchCommand;
import org.imagingutility.command.mount.MountCommand;
import org.imagingutility.command.mount.MountWebdavCommand;
import org.imagingutility.command.mount.UnmountCommand;
import org.imagingutility.command.repository.ForgetImagesCommand;
import org.imagingutility.command.repository.ImagesCommand;
import org.imagingutility.command.repository.RepositoryCommand;
import org.imagingutility.command.restore.RestoreCommand;
import org.imagingutility.command.restore.RestorePhysicalCommand;
import org.imagingutility.command.restore.RestoreSetCommand;
import org.imagingutility.command.serve.ServeCommand;
import org.imagingutility.command.settings.ConfigCommand;
import org.imagingutility.command.settings.LogLevelCommand;

/** All commands by their names: which there are depends on whether the process continues when a command is over. */
final class CommandTable {
    /** Those that are there always, in the order of the help. */
    static final List<String> COMMANDS = List.of("list", "image", "backup-disk", "verify", "verify-set", "info", "restore",
            "restore-set", "restore-physical", "dump-pt", "repair", "convert", "export-raw", "export-range", "export-vhd",
            "export-vhdx", "export-qcow2", "export-disk", "serve", "mount", "unmount", "mount-webdav", "ls", "find", "stat", "cat",
            "extract", "diff", "repository", "images", "forget-images", "plugins", "config", "log-level", "demo");
    /** Those for jobs: of a shell, or of the other processes of this user. */
    private static final List<String> FOR_JOBS = List.of("jobs", "job", "watch", "pause", "resume", "cancel", "parallel", "forget");
    /** For its help, where the process ends with the command. */
    private static final String SHELL = "shell";
    private final boolean inShell;
    private final RefusedBundles refused;

    CommandTable(boolean inShell, RefusedBundles refused) {
        this.inShell = inShell;
        this.refused = refused;
    }

    /** Returns the names of all commands, in the order of the help. */
    List<String> names() {
        List<String> names = new ArrayList<>(COMMANDS);
        names.addAll(FOR_JOBS);
        if (!inShell) {
            names.add(SHELL);
        }
        return names;
    }

    /** Returns a new command of that name. (No table of constructors: linking nine of them takes longer than the command.) */
    Object command(String name) {
        return switch (name) {
            case "list" -> new ListCommand();
            case "image" -> new ImageCommand();
            case "backup-disk" -> new BackupDiskCommand();
            case "verify" -> new VerifyCommand();
            case "verify-set" -> new VerifySetCommand();
            case "info" -> new InfoCommand();
            case "restore" -> new RestoreCommand();
            case "restore-set" -> new RestoreSetCommand();
            case "restore-physical" -> new RestorePhysicalCommand();
            case "dump-pt" -> new DumpPtCommand();
            case "repair" -> new RepairCommand();
            case "convert" -> new ConvertCommand();
            case "export-raw" -> new ExportRawCommand();
            case "export-range" -> new ExportRangeCommand();
            case "export-vhd" -> new ExportVhdCommand();
            case "export-vhdx" -> new ExportVhdxCommand();
            case "export-qcow2" -> new ExportQcow2Command();
            case "export-disk" -> new ExportDiskCommand();
            case "serve" -> new ServeCommand();
            case "ls" -> new LsCommand();
            case "find" -> new FindCommand();
            case "stat" -> new StatCommand();
            case "cat" -> new CatCommand();
            case "extract" -> new ExtractCommand();
            case "diff" -> new DiffCommand();
            case "repository" -> new RepositoryCommand();
            case "images" -> new ImagesCommand();
            case "forget-images" -> new ForgetImagesCommand();
            case "mount" -> new MountCommand();
            case "unmount" -> new UnmountCommand();
            case "mount-webdav" -> new MountWebdavCommand();
            case "plugins" -> new PluginsCommand(refused);
            case "config" -> new ConfigCommand();
            case "log-level" -> new LogLevelCommand();
            case "demo" -> new DemoCommand();
            case "jobs" -> new JobsCommand();
            case "job" -> new JobDetailsCommand();
            case "resume" -> inShell ? new ResumeCommand() : new ResumeInForegroundCommand();
            case "forget" -> new ForgetCommand();
            case "watch" -> new WatchCommand();
            case "pause" -> new PauseCommand();
            case "cancel" -> new CancelCommand();
            case "parallel" -> new ParallelCommand();
            case SHELL -> new ShellCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
