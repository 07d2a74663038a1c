/** Copying images from one repository into another. */
package org.imagingutility.engine.repository.copy;
