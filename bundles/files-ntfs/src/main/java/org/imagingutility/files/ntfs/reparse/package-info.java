/** Reparse points: links, junctions, and files whose content a driver gives. */
package org.imagingutility.files.ntfs.reparse;
