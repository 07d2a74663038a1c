/** The imaging service, as a component of an OSGi container and as a service of a plain module path. */
package org.imagingutility.engine;
