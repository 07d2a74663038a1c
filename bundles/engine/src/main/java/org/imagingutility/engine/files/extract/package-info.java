/**
 * Files of a volume written into a folder: what is wanted ({@code Selection}), under which names ({@code NameRule}, {@code FolderNames}), and the
 * walk that does it ({@code Extraction}). Depends on {@code engine.files} for the volume and on {@code engine.files.target} for the folder.
 */
package org.imagingutility.engine.files.extract;
