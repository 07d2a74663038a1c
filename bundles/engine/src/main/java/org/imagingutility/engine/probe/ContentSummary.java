package org.imagingutility.engine.probe;

import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;

/**
 * What is on a device, for lists.
 *
 * @param fileSystem what it is, as far as its signatures agree; empty if there are none that count
 * @param problem why it may be something else: signatures contradict each other, or a field keeps it from being recognised
 */
record ContentSummary(Optional<FileSystemInfo> fileSystem, Optional<String> problem) {
}
