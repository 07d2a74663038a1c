/**
 * Opens complete images and reads them: footer, header and index from either of their two places, then chunk tables
 * and stored frames at random.
 */
package org.imagingutility.format.skz.read;
