package org.imagingutility.command.root;

/** A command that runs a job of {@link org.imagingutility.api.job.ImagingService}: in a shell it can continue by itself. */
public interface DetachableCommand {
}
