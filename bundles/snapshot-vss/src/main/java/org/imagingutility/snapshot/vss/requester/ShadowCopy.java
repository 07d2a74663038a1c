package org.imagingutility.snapshot.vss.requester;

import java.time.Instant;

/**
 * What the service says of a snapshot of one volume.
 *
 * @param volume the volume, as the service names it
 * @param device the frozen view: {@code \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1}
 * @param taken the moment it shows
 */
public record ShadowCopy(String volume, String device, Instant taken) {
}
