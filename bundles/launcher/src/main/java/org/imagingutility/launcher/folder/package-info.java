/** Folders: walking through them, and those that nobody but this user can have put anything into. */
package org.imagingutility.launcher.folder;
