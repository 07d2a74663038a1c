/**
 * What a job writes to other than an image: a target that can be opened again, free ranges that become zeros or are
 * discarded, files with holes, and the check that a job does not overwrite its own source. For restore, export and
 * backup sets; the check is used by all jobs.
 */
package org.imagingutility.engine.targets;
