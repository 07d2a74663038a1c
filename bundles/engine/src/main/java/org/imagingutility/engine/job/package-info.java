/** The jobs: image, verify, restore, export. */
package org.imagingutility.engine.job;
