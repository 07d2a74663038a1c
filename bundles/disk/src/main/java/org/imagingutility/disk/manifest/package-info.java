/**
 * The manifest of backup sets: {@code backup.manifest.json}, UTF-8, one JSON object. Names are those of the C# tool (PascalCase),
 * whose sets are read as well (its version is 1); what it does not have is added (version 2). The schema stands in {@code
 * docs/backup.manifest.schema.json}.
 *
 * <p>A manifest is hostile until it is read: {@code ManifestReader} makes sure that file names are names in the folder of the
 * set, and that ranges lie on the disk, apart from each other.
 */
package org.imagingutility.disk.manifest;
