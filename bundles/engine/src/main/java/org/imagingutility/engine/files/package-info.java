/**
 * Files out of volumes: what is opened for a reference ({@code OpenVolume}), which reader knows its file system, and the jobs that work on
 * trees. Depends on {@code engine.view} and {@code engine.source} for the bytes of volumes, and on {@code engine.plugin.job}.
 */
package org.imagingutility.engine.files;
