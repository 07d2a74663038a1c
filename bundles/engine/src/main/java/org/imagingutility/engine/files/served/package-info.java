/**
 * Volumes whose files a server shows for a long time to many clients: trees that outlive the plug-ins that they are read with. Depends on
 * {@code engine.files}, and on {@code engine.view} for the bytes and for what keeps them open.
 */
package org.imagingutility.engine.files.served;
