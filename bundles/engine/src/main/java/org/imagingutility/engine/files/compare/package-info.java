/**
 * Two volumes compared file by file: their directories side by side, each sorted in bounded memory ({@code SortedDirectory}). Depends on
 * {@code engine.files} for the volumes.
 */
package org.imagingutility.engine.files.compare;
