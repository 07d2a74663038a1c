package org.imagingutility.command.options;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What is done about an image that was interrupted, and about a target that goes away. */
public final class ResumeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--resume", order = 40, description = "Continue with the unfinished image that an interrupted run left. Where "
            + "there is none, begin a new one and say so; a complete one is left as it is.")
    private boolean resume;

    @Option(names = "--resume-check", order = 41, paramLabel = "full|quick|none", converter = CheckConverter.class, defaultValue = "quick",
            description = "How much of that image, all of which is verified first, is compared with the device: full all of it, "
                    + "quick the frames written last and a sample, none nothing. Default: ${DEFAULT-VALUE}.")
    private ResumeCheck check;

    @Option(names = "--retry-target", order = 42, paramLabel = "TIME", converter = DurationConverter.class,
            defaultValue = "30s", description = "How long to wait for a target that goes away (a network share, a medium) before "
                    + "the job ends; it can be resumed then. Default: ${DEFAULT-VALUE}.")
    private Duration retryTarget;

    /** Says whether an unfinished image is to be resumed. */
    public boolean asked() {
        return resume;
    }

    public ImageRequest.Output output(boolean overwrite, boolean writeThrough, boolean verify) {
        if (!resume && MatchedOptions.on(command, "--resume-check")) {
            throw new IllegalArgumentException("--resume-check is for --resume");
        }
        return new ImageRequest.Output(overwrite, writeThrough, verify,
                resume ? Optional.of(check) : Optional.empty(), retryTarget);
    }

    /** Reads {@code full}, {@code quick} and {@code none}. */
    static final class CheckConverter implements ITypeConverter<ResumeCheck> {
        @Override
        public ResumeCheck convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "full" -> ResumeCheck.FULL;
                case "quick" -> ResumeCheck.QUICK;
                case "none" -> ResumeCheck.NONE;
                default -> throw new TypeConversionException("\"" + value + "\" is none of full, quick, none");
            };
        }
    }
}
