/** What stands between the engine and readers of file systems, as {@link org.imagingutility.engine.guard} says. */
package org.imagingutility.engine.guard.files;
