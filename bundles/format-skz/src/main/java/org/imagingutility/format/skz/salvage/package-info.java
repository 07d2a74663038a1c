/**
 * Finds what is left of a damaged image, by whatever structures hold or by searching for them, and writes again what
 * the rest dictates.
 */
package org.imagingutility.format.skz.salvage;
