/**
 * Folders that files of volumes are written into: what is done in them, whatever the system ({@code TargetFolder}, {@code Staging}). Every step
 * starts at an open folder and takes one name, so no name and no link leads elsewhere. Ways to do it are in the packages below.
 */
package org.imagingutility.engine.files.target;
