/** What stands between the engine and container formats, as {@link org.imagingutility.engine.guard} says. */
package org.imagingutility.engine.guard.container;
