/**
 * The job that examines a damaged image ({@code repair}), and saves what is left of it into a new image or mends it in
 * place. Used by the engine itself alone.
 */
package org.imagingutility.engine.repair;
